package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.BulkApi;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.LinkSimulation.RequestShape;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceSimulation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StandInTest {
    private static final Loops LOOPS = new Loops();
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final ServiceSimulation QUICK =
            new ServiceSimulation(Duration.ZERO, Duration.ZERO, 512, 0, 0);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterAll
    static void closeLoops() {
        LOOPS.close();
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    private StandIn standIn(String name, ServiceSimulation simulation, @Nullable BulkApi bulk) {
        var spec = new StandIn.Spec(new ServiceId(name), simulation, bulk, 1);
        var standIn = StandIn.open(spec, LOOPS.next(), System::nanoTime);
        open.add(standIn);
        return standIn;
    }

    private static Request.Builder request(StandIn standIn, String path) {
        return new Request.Builder().url("http://127.0.0.1:" + standIn.address().getPort() + path);
    }

    private static Response call(Request.Builder request) throws IOException {
        return HTTP.newCall(request.build()).execute();
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    @Test
    void anAnswerNamesTheNonceThePathAndTheCallerAndHasTheSizeAsked() throws Exception {
        var standIn = standIn("reviews", QUICK, null);
        var request =
                request(standIn, "/reviews/7?x=1")
                        .header("x-request-id", "n-42")
                        .header("Authorization", "Bearer abc.def.0123456789");
        try (var response = call(request)) {
            var text = response.body().string();
            assertEquals(200, response.code());
            assertEquals(512, text.length());
            assertNull(response.header("Cache-Control"));
            var json = JsonMapper.shared().readTree(text);
            assertEquals("n-42", json.get("requestId").stringValue());
            assertEquals("/reviews/7?x=1", json.get("path").stringValue());
            assertEquals("f.0123456789", json.get("caller").stringValue());
        }
    }

    private static int status(Request.Builder request) throws IOException {
        try (var response = call(request)) {
            response.body().bytes();
            return response.code();
        }
    }

    @Test
    void aBulkIsAnsweredLineByLine() throws Exception {
        var simulation = new ServiceSimulation(Duration.ofMillis(1), Duration.ZERO, 128, 1, 0);
        var standIn = standIn("store", simulation, new BulkApi(BulkApi.Format.NDJSON, "/_bulk"));
        var lines = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            lines.append("{\"requestId\":\"n").append(i).append("\"}\n");
        }
        var body = RequestBody.create(lines.toString().getBytes(StandardCharsets.UTF_8), null);
        try (var response = call(request(standIn, "/_bulk").post(body))) {
            var answers = response.body().string().lines().toList();
            assertEquals("application/x-ndjson", response.header("Content-Type"));
            assertEquals(10, answers.size());
            for (int i = 0; i < 10; i++) {
                assertTrue(answers.get(i).startsWith("{\"requestId\":\"n" + i + "\""));
                assertEquals(128, answers.get(i).length());
            }
        }
    }

    @Test
    void anErrorIsNotToBeCached() throws Exception {
        var standIn =
                standIn(
                        "bad",
                        new ServiceSimulation(Duration.ZERO, Duration.ZERO, 64, 0, 100),
                        null);
        try (var response = call(request(standIn, "/"))) {
            assertEquals(500, response.code());
            assertEquals("no-store", response.header("Cache-Control"));
        }
    }

    private static Outgoing.Plan plan(String from, String to, double calls) {
        return new Outgoing.Plan(LinkId.of(from, to), calls, RequestShape.DEFAULT);
    }

    @Test
    void itCallsAsOftenAsTheLinkSaysAndAnswersWhenAllCallsAreDone() throws Exception {
        var slow = new ServiceSimulation(Duration.ofMillis(25), Duration.ZERO, 64, 0, 0);
        var callee = standIn("b", slow, null);
        var caller = standIn("a", QUICK, null);
        caller.calls(List.of(plan("a", "b", 2.5)), callee.address(), 5);
        assertEquals(200, status(request(caller, "/")));
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertEquals(200, status(request(caller, "/")));
        }
        assertTrue(millisSince(start) >= 20 * 25, "it did not wait for its calls");
        var figures = caller.made().getFirst().figures();
        long sent = figures.count(CallFigures.Count.SENT);
        assertTrue(sent > 42 && sent < 63, "21 x 2.5 calls were " + sent);
        assertEquals(sent, figures.count(CallFigures.Count.OWN));
    }

    @Test
    void itIsStillAGoodAnswerWhenSomeCallsFailAndABadGatewayWhenAllDo() throws Exception {
        var good = standIn("good", QUICK, null);
        var bad =
                standIn(
                        "bad",
                        new ServiceSimulation(Duration.ZERO, Duration.ZERO, 64, 0, 50),
                        null);
        var caller = standIn("a", QUICK, null);
        caller.calls(List.of(plan("a", "bad", 12)), bad.address(), 1);
        try (var response = call(request(caller, "/"))) {
            var json = JsonMapper.shared().readTree(response.body().string());
            assertEquals(200, response.code());
            int failed = json.get("failedCalls").intValue();
            assertTrue(failed > 0 && failed < 12, failed + " of 12 failed");
        }
        caller.calls(List.of(plan("a", "good", 1)), good.address(), 1);
        assertEquals(200, status(request(caller, "/")));
        good.close();
        assertEquals(502, status(request(caller, "/")));
    }

    @Test
    void aCircleOfCallsEnds() throws Exception {
        var one = standIn("one", QUICK, null);
        var two = standIn("two", QUICK, null);
        one.calls(List.of(plan("one", "two", 1)), two.address(), 1);
        two.calls(List.of(plan("two", "one", 1)), one.address(), 1);
        assertEquals(200, status(request(one, "/")));
        assertEquals(1, one.made().getFirst().figures().count(CallFigures.Count.OWN));
        assertEquals(0, two.made().getFirst().figures().count(CallFigures.Count.SENT));
    }

    @Test
    void aTraceGoesOnThroughTheCallsOfAService() {
        var maker = new RequestMaker(RequestShape.DEFAULT, "b", 1);
        var first = maker.next(null).request().headers().get("traceparent");
        var next = maker.next(first).request().headers().get("traceparent");
        assertEquals(first.substring(0, 36), next.substring(0, 36));
        assertTrue(!first.substring(36, 52).equals(next.substring(36, 52)), next);
        assertTrue(next.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), next);
    }

    @Test
    void nobodyIsServedAfterItIsClosed() {
        var standIn = standIn("gone", QUICK, null);
        InetSocketAddress address = standIn.address();
        standIn.close();
        assertThrows(
                IOException.class,
                () -> new Socket(address.getAddress(), address.getPort()).close());
    }
}
