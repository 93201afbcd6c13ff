package io.batchmesh.admin;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is switched by hand over the config, through a real admin endpoint. */
class AdminOverrideTest {
    private static final String BATCHING = "/overrides/links/page-%3Ereviews/batching";
    private static final String ENDPOINT = "/overrides/endpoints/127.0.0.1:15108";
    private static final String JSON = "Content-Type: application/json\r\n";

    private final RunningAdmin admin = RunningAdmin.with(config("p", 5));

    @AfterEach
    void stop() {
        admin.close();
    }

    private Raw.Reply put(String target, String headers, String body) throws IOException {
        return Raw.call(admin.uri(), "PUT", target, JSON + headers, body);
    }

    private Raw.Reply delete(String target) throws IOException {
        return Raw.call(admin.uri(), "DELETE", target, "", "");
    }

    @Test
    void batchingIsSwitchedOffByOneCallAndOnByAnother() throws IOException {
        assertEquals(200, put(BATCHING, "Batchmesh-Author: ann\r\n", "{}").status());
        var entry = admin.subject.overrides().getFirst();
        assertEquals(OverrideEntry.Kind.BATCHING_OFF, entry.kind());
        assertEquals("page->reviews", entry.subject());
        assertEquals("ann", entry.author());
        assertNull(entry.until());
        var shown = Raw.get(admin.uri(), "/status").json().get("overrides").get(0);
        assertEquals("batchingOff", shown.get("kind").asString());
        assertEquals("ann", shown.get("author").asString());
        assertEquals(200, delete(BATCHING).status());
        assertEquals(List.of(), admin.subject.overrides());
        assertFalse(Raw.get(admin.uri(), "/status").json().has("overrides"));
        assertEquals(200, delete(BATCHING).status(), "again");
    }

    @Test
    void aNewConfigLeavesWhatIsSwitchedAndItIsNoPartOfTheVersion() throws IOException {
        var before = Raw.get(admin.uri(), "/config").header("etag");
        put(ENDPOINT, "", "{}");
        assertEquals(before, Raw.get(admin.uri(), "/config").header("etag"));
        var next = ConfigJson.pretty(config("p", 6));
        assertEquals(200, put("/config", "If-Match: *\r\n", next).status());
        var shown = Raw.get(admin.uri(), "/overrides").json().get("overrides");
        assertEquals(1, shown.size());
        assertEquals("endpointEjected", shown.get(0).get("kind").asString());
        assertEquals(1, admin.subject.overrides().size());
    }

    @Test
    void whatWasToExpireDoesSo() throws IOException {
        assertEquals(200, put(BATCHING, "", "{\"expiresIn\":\"10min\"}").status());
        put(ENDPOINT, "", "{\"expiresIn\":\"1h\"}");
        var until = admin.subject.overrides().getFirst().until();
        assertTrue(until != null && until.isAfter(Instant.EPOCH));
        admin.time.pass(Duration.ofMinutes(10));
        assertTrue(soon(1), admin.subject.overrides().toString());
        assertEquals("127.0.0.1:15108", admin.subject.overrides().getFirst().subject());
    }

    @Test
    void aSecondOrderOfTheSameTakesThePlaceOfTheFirst() throws IOException {
        put(BATCHING, "", "{\"expiresIn\":\"1s\"}");
        put(BATCHING, "", "{}");
        admin.time.pass(Duration.ofMinutes(1));
        put(ENDPOINT, "", "{}");
        assertEquals(2, admin.subject.overrides().size());
        assertNull(admin.subject.overrides().getFirst().until());
    }

    private boolean soon(int count) {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (admin.subject.overrides().size() != count && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return admin.subject.overrides().size() == count;
    }

    @Test
    void whatMakesNoSenseIsRefusedAndChangesNothing() throws IOException {
        assertEquals(404, put("/overrides/links/x-%3Ey/batching", "", "{}").status());
        assertEquals(404, put("/overrides/endpoints/1.2.3.4:5", "", "{}").status());
        assertEquals(404, put("/overrides/links/a/b/batching", "", "{}").status());
        assertEquals(422, put(BATCHING, "", "{\"expiresIn\":\"25h\"}").status());
        assertEquals(422, put(BATCHING, "", "{\"expiresIn\":5}").status());
        assertEquals(422, put(BATCHING, "", "{\"until\":\"x\"}").status());
        assertEquals(422, put(BATCHING, "", "").status());
        assertEquals(
                415, Raw.call(admin.uri(), "PUT", BATCHING, "", "{}").status(), "as forms send it");
        assertEquals(
                403, put(BATCHING, "Origin: http://evil.test\r\n", "{}").status(), "another site");
        assertEquals(405, Raw.call(admin.uri(), "POST", BATCHING, "", "").status());
        assertEquals(List.of(), admin.subject.overrides());
    }
}
