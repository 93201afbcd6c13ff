package io.batchmesh.admin;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configs that go back by themselves. Their time is turned by hand. */
class AdminConfirmTest {
    private static final ProxyConfig OLD = config("p", 5);
    private static final ProxyConfig NEW = config("p", 6);
    private static final ProxyConfig NEWER = config("p", 7);

    private final RunningAdmin admin = RunningAdmin.with(OLD);

    @BeforeEach
    void pushForAMinute() throws IOException {
        var reply = put("?confirmWithin=60s", OLD, NEW);
        assertEquals(200, reply.status());
        assertEquals("2026-01-02T03:05:05Z", reply.json().get("confirmUntil").stringValue());
        assertEquals(version(NEW), running());
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private Raw.Reply put(String query, ProxyConfig seen, ProxyConfig config) throws IOException {
        var headers = "Content-Type: application/json\r\nIf-Match: \"" + version(seen) + "\"\r\n";
        return Raw.call(admin.uri(), "PUT", "/config" + query, headers, ConfigJson.pretty(config));
    }

    private Raw.Reply confirm(ProxyConfig config) throws IOException {
        var headers = "If-Match: \"" + version(config) + "\"\r\n";
        return Raw.call(admin.uri(), "POST", "/config/confirm", headers, "");
    }

    private static String version(ProxyConfig config) {
        return ConfigVersion.of(config).hash();
    }

    private String running() {
        return Objects.requireNonNull(admin.server().runningVersion()).hash();
    }

    /** Reverting happens on another thread once its time has come. */
    private void assertGoesBackTo(ProxyConfig config) throws IOException {
        for (int i = 0; i < 1000 && !running().equals(version(config)); i++) {
            Raw.get(admin.uri(), "/live");
        }
        assertEquals(version(config), running());
        assertEquals(config, admin.subject.applied().getLast().config());
    }

    private List<String> states() throws IOException {
        var history = Raw.get(admin.uri(), "/config/history").json().get("history");
        return history.valueStream().map(e -> e.get("state").stringValue()).toList();
    }

    @Test
    void anUnconfirmedConfigGoesBackWhenItsTimeIsOver() throws IOException {
        assertEquals(List.of("pending", "confirmed"), states());
        admin.time.pass(Duration.ofSeconds(59));
        assertEquals(version(NEW), running());
        admin.time.pass(Duration.ofSeconds(1));
        assertGoesBackTo(OLD);
        assertEquals(List.of("reverted", "confirmed"), states());
        assertEquals(412, confirm(NEW).status());
    }

    @Test
    void aConfirmedConfigStays() throws IOException {
        assertEquals(200, confirm(NEW).status());
        admin.time.pass(Duration.ofHours(1));
        assertEquals(version(NEW), running());
        assertEquals(List.of("confirmed", "confirmed"), states());
        assertEquals(200, confirm(NEW).status());
    }

    @Test
    void aConfirmationNamesWhatItConfirms() throws IOException {
        assertEquals(412, confirm(OLD).status());
        assertEquals(428, Raw.call(admin.uri(), "POST", "/config/confirm", "", "").status());
        var first = "If-None-Match: *\r\n";
        assertEquals(400, Raw.call(admin.uri(), "POST", "/config/confirm", first, "").status());
        assertEquals(List.of("pending", "confirmed"), states());
    }

    @Test
    void aLaterPushTakesThePlaceOfOneThatWaits() throws IOException {
        assertEquals(200, put("", NEW, NEWER).status());
        admin.time.pass(Duration.ofHours(1));
        assertEquals(version(NEWER), running());
        assertEquals(List.of("confirmed", "replaced", "confirmed"), states());
    }

    @Test
    void fromSeveralThatWaitedItGoesBackToTheLastConfirmed() throws IOException {
        admin.time.pass(Duration.ofSeconds(30));
        assertEquals(200, put("?confirmWithin=60s", NEW, NEWER).status());
        admin.time.pass(Duration.ofSeconds(45));
        assertEquals(version(NEWER), running());
        admin.time.pass(Duration.ofSeconds(15));
        assertGoesBackTo(OLD);
        assertEquals(List.of("reverted", "replaced", "confirmed"), states());
    }

    @Test
    void pushingTheSameAgainGivesItMoreTimeOrLetsItStay() throws IOException {
        admin.time.pass(Duration.ofSeconds(50));
        assertEquals(200, put("?confirmWithin=60s", OLD, NEW).status());
        admin.time.pass(Duration.ofSeconds(50));
        assertEquals(version(NEW), running());
        assertEquals(200, put("", OLD, NEW).status());
        admin.time.pass(Duration.ofHours(1));
        assertEquals(version(NEW), running());
        assertEquals(List.of("confirmed", "confirmed"), states());
    }

    @Test
    void aDryRunDoesNotConfirm() throws IOException {
        assertEquals(200, put("?dryRun=true", OLD, NEW).status());
        admin.time.pass(Duration.ofSeconds(60));
        assertGoesBackTo(OLD);
    }

    @Test
    void theStatusSaysThatAConfigWaits() throws IOException {
        var status = Raw.get(admin.uri(), "/status").json();
        assertEquals("pending", status.get("state").stringValue());
        assertEquals("2026-01-02T03:05:05Z", status.get("confirmUntil").stringValue());
    }

    @Test
    void theFirstConfigCannotWaitToBeConfirmed() throws IOException {
        try (var empty = RunningAdmin.with(null)) {
            var headers = "Content-Type: application/json\r\nIf-None-Match: *\r\n";
            var target = "/config?confirmWithin=60s";
            var reply = Raw.call(empty.uri(), "PUT", target, headers, ConfigJson.pretty(OLD));
            assertEquals(409, reply.status());
            assertTrue(reply.text().contains("leave confirmWithin out"), reply.text());
        }
    }
}
