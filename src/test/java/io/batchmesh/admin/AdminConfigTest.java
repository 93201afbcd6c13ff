package io.batchmesh.admin;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminConfigTest {
    private static final String FIRST = "If-None-Match: *\r\n";

    private final RunningAdmin admin = RunningAdmin.with(null);

    @AfterEach
    void stop() {
        admin.close();
    }

    private Raw.Reply put(String target, String headers, ProxyConfig config) throws IOException {
        return put(target, headers, ConfigJson.pretty(config));
    }

    private Raw.Reply put(String target, String headers, String body) throws IOException {
        return Raw.call(
                admin.uri(), "PUT", target, "Content-Type: application/json\r\n" + headers, body);
    }

    private static String match(ProxyConfig config) {
        return "If-Match: \"" + ConfigVersion.of(config) + "\"\r\n";
    }

    private void assertRuns(ProxyConfig config) throws IOException {
        var reply = Raw.get(admin.uri(), "/config");
        assertEquals(200, reply.status());
        assertEquals("\"" + ConfigVersion.of(config) + "\"", reply.header("etag"));
        assertEquals(ConfigJson.pretty(config), reply.text());
        assertEquals(config, admin.subject.applied().getLast().config());
        assertEquals(ConfigVersion.of(config), admin.server().runningVersion());
    }

    @Test
    void withoutAConfigThereIsNothingToGet() throws IOException {
        assertEquals(404, Raw.get(admin.uri(), "/config").status());
        assertNull(admin.server().runningVersion());
    }

    @Test
    void theFirstConfigIsPutWithIfNoneMatch() throws IOException {
        var reply = put("/config", FIRST, config("p", 5));
        assertEquals(200, reply.status());
        var version = ConfigVersion.of(config("p", 5)).hash();
        assertEquals(version, reply.json().get("version").stringValue());
        assertTrue(reply.json().get("changed").booleanValue());
        assertRuns(config("p", 5));
    }

    @Test
    void aPutWithoutAPreconditionIsRefused() throws IOException {
        assertEquals(428, put("/config", "", config("p", 5)).status());
        assertEquals(404, Raw.get(admin.uri(), "/config").status());
    }

    @Test
    void aLaterConfigReplacesTheOneThatItNames() throws IOException {
        put("/config", FIRST, config("p", 5));
        assertEquals(200, put("/config", match(config("p", 5)), config("p", 6)).status());
        assertRuns(config("p", 6));
        var other = "If-Match: \"x\", \"" + ConfigVersion.of(config("p", 6)) + "\"\r\n";
        assertEquals(200, put("/config", other, config("p", 7)).status());
        assertEquals(200, put("/config", "If-Match: *\r\n", config("p", 8)).status());
        assertRuns(config("p", 8));
    }

    @Test
    void ofTwoOperatorsWhoSawTheSameConfigOnlyTheFirstWins() throws IOException {
        put("/config", FIRST, config("p", 5));
        assertEquals(200, put("/config", match(config("p", 5)), config("p", 6)).status());
        var second = put("/config", match(config("p", 5)), config("p", 7));
        assertEquals(412, second.status());
        assertEquals("\"" + ConfigVersion.of(config("p", 6)) + "\"", second.header("etag"));
        assertRuns(config("p", 6));
        assertEquals(412, put("/config", FIRST, config("p", 7)).status());
        assertEquals(412, put("/config", "If-Match: \"x\"\r\n", config("p", 7)).status());
        assertRuns(config("p", 6));
    }

    @Test
    void withNothingRunningIfMatchNeverHolds() throws IOException {
        assertEquals(412, put("/config", "If-Match: *\r\n", config("p", 5)).status());
        assertEquals(412, put("/config", "If-Match: \"x\"\r\n", config("p", 5)).status());
    }

    @Test
    void aConfigEqualToWhatRunsIsTakenWhateverTheTag() throws IOException {
        put("/config", FIRST, config("p", 5));
        for (var tag : new String[] {FIRST, "If-Match: \"stale\"\r\n", match(config("p", 5))}) {
            var reply = put("/config", tag, config("p", 5));
            assertEquals(200, reply.status());
            assertEquals(false, reply.json().get("changed").booleanValue());
        }
        assertEquals(1, admin.subject.applied().size());
    }

    @Test
    void anInvalidConfigIsRefusedWithAPointerForEachFaultAndTheOldOneRuns() throws IOException {
        put("/config", FIRST, config("p", 5));
        var text =
                ConfigJson.pretty(config("p", 6))
                        .replace("\"6ms\"", "\"-6ms\"")
                        .replace("\"zone\": \"a\"", "\"zonk\": \"a\"");
        var reply = put("/config", match(config("p", 5)), text);
        assertEquals(422, reply.status());
        assertEquals("application/problem+json", reply.header("content-type"));
        assertEquals(422, reply.json().get("status").intValue());
        var pointers =
                reply.json().get("errors").valueStream().map(e -> e.get("pointer").stringValue());
        assertEquals(
                Set.of("#/links/0/batch/linger", "#/links/0/subsets/v1/0/zonk"),
                Set.copyOf(pointers.toList()));
        assertRuns(config("p", 5));
    }

    @Test
    void whatIsNoJsonAtAllIsRefusedWithItsPlace() throws IOException {
        var reply = put("/config", FIRST, "{\n  garbage");
        assertEquals(422, reply.status());
        assertEquals(2, reply.json().get("errors").get(0).get("line").intValue());
    }

    @Test
    void whatTheProxyCannotRunIsRefusedAndTheOldOneRuns() throws IOException {
        put("/config", FIRST, config("p", 5));
        var fault = new Fault("/listeners/outbound", 0, 0, "in use", "choose another port");
        admin.subject.refuseToCheck(fault);
        var reply = put("/config", match(config("p", 5)), config("p", 6));
        assertEquals(422, reply.status());
        var error = reply.json().get("errors").get(0);
        assertEquals("#/listeners/outbound", error.get("pointer").stringValue());
        assertEquals("choose another port", error.get("mend").stringValue());
        admin.subject.refuseToCheck();
        admin.subject.refuseToApply(fault);
        assertEquals(422, put("/config", match(config("p", 5)), config("p", 6)).status());
        admin.subject.refuseToApply();
        assertRuns(config("p", 5));
    }

    @Test
    void aDryRunSaysWhatAPutWouldSayAndChangesNothing() throws IOException {
        put("/config", FIRST, config("p", 5));
        var fit = put("/config?dryRun=true", match(config("p", 5)), config("p", 6));
        assertEquals(200, fit.status());
        assertTrue(fit.json().get("dryRun").booleanValue());
        assertTrue(fit.json().get("changed").booleanValue());
        assertEquals(412, put("/config?dryRun=true", FIRST, config("p", 6)).status());
        assertEquals(422, put("/config?dryRun=true", match(config("p", 5)), "{}").status());
        admin.subject.refuseToCheck(new Fault("", 0, 0, "no", ""));
        assertEquals(
                422, put("/config?dryRun=true", match(config("p", 5)), config("p", 6)).status());
        assertRuns(config("p", 5));
        assertEquals(1, admin.subject.applied().size());
    }

    @Test
    void aMistypedParameterDoesNotPush() throws IOException {
        for (var query : new String[] {"dryrun=true", "dryRun=yes", "confirmWithin=soon"}) {
            assertEquals(400, put("/config?" + query, FIRST, config("p", 5)).status(), query);
        }
        assertEquals(404, Raw.get(admin.uri(), "/config").status());
    }

    @Test
    void malformedPreconditionsAreNotTakenForAbsentOnes() throws IOException {
        for (var tag :
                new String[] {
                    "If-Match: abc\r\n",
                    "If-Match: W/\"abc\"\r\n",
                    "If-None-Match: \"abc\"\r\n",
                    FIRST + "If-Match: *\r\n"
                }) {
            assertEquals(400, put("/config", tag, config("p", 5)).status(), tag);
        }
    }

    @Test
    void onlyJsonIsTaken() throws IOException {
        var body = ConfigJson.pretty(config("p", 5));
        for (var type :
                new String[] {
                    "",
                    "Content-Type: text/plain\r\n",
                    "Content-Type: application/x-www-form-urlencoded\r\n",
                    "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
                    "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"
                }) {
            var reply = Raw.call(admin.uri(), "PUT", "/config", type + FIRST, body);
            assertEquals(415, reply.status(), type);
        }
        var utf8 = "Content-Type: application/json; charset=utf-8\r\n";
        assertEquals(200, Raw.call(admin.uri(), "PUT", "/config", utf8 + FIRST, body).status());
    }

    @Test
    void pushAuthorAndRevisionAreKeptWithTheConfig() throws IOException {
        var headers =
                "Batchmesh-Push: push-7\r\nBatchmesh-Author: "
                        + HeaderText.encode("Zoë 100%")
                        + "\r\nBatchmesh-Revision: r1\r\n";
        put("/config", FIRST + headers, config("p", 5));
        var reply = Raw.get(admin.uri(), "/config");
        assertEquals("push-7", reply.header("batchmesh-push"));
        assertEquals("Zoë 100%", HeaderText.decode(reply.header("batchmesh-author")));
        assertEquals("r1", reply.header("batchmesh-revision"));
        assertEquals("r1", admin.subject.applied().getLast().revision());
        var status = Raw.get(admin.uri(), "/status").json();
        assertEquals("Zoë 100%", status.get("author").stringValue());
    }

    @Test
    void theSameConfigOfALaterRevisionIsShownWithIt() throws IOException {
        put("/config", FIRST + "Batchmesh-Revision: r1\r\n", config("p", 5));
        put("/config", FIRST + "Batchmesh-Revision: r2\r\n", config("p", 5));
        assertEquals("r2", Raw.get(admin.uri(), "/config").header("batchmesh-revision"));
        assertEquals("r2", admin.subject.applied().getLast().revision());
        assertEquals(1, Raw.get(admin.uri(), "/config/history").json().get("history").size());
    }

    @Test
    void whoHasTheConfigAlreadyDoesNotGetItAgain() throws IOException {
        put("/config", FIRST, config("p", 5));
        var tag = "If-None-Match: \"" + ConfigVersion.of(config("p", 5)) + "\"\r\n";
        assertEquals(304, Raw.call(admin.uri(), "GET", "/config", tag, "").status());
    }

    @Test
    void theHistoryHoldsTheLastTenNewestFirst() throws IOException {
        put("/config", FIRST, config("p", 0));
        for (int i = 1; i < 12; i++) {
            var headers = match(config("p", i - 1)) + "Batchmesh-Push: push-" + i + "\r\n";
            assertEquals(200, put("/config", headers, config("p", i)).status());
        }
        var body = Raw.get(admin.uri(), "/config/history").json();
        var history = body.get("history");
        assertEquals(10, history.size());
        assertEquals("push-11", history.get(0).get("push").stringValue());
        assertEquals("push-2", history.get(9).get("push").stringValue());
        assertEquals("confirmed", history.get(0).get("state").stringValue());
        var kept = ConfigVersion.of(config("p", 2));
        var reply = Raw.get(admin.uri(), "/config/history/" + kept);
        assertEquals(ConfigJson.pretty(config("p", 2)), reply.text());
        assertEquals("\"" + kept + "\"", reply.header("etag"));
        var gone = ConfigVersion.of(config("p", 1));
        assertEquals(404, Raw.get(admin.uri(), "/config/history/" + gone).status());
        assertEquals(404, Raw.get(admin.uri(), "/config/history/../config").status());
    }
}
