package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Http2Test {
    private static final int PROTOCOL_ERROR = 1;
    private static final int ENHANCE_YOUR_CALM = 11;

    private static final OkHttpClient H2 =
            new OkHttpClient.Builder()
                    .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                    .readTimeout(Duration.ofSeconds(20))
                    .build();

    private static Request.Builder to(Sidecar front, String path) {
        return new Request.Builder()
                .url("http://127.0.0.1:" + front.outboundAddress().getPort() + path)
                .header("Host", "back");
    }

    private static Sidecar plain(StandInService service) throws IOException {
        return Loops.front(Configs.link(service.address(), Peer.PLAIN, Configs.off()));
    }

    private static String ask(Request request) throws IOException {
        try (var response = H2.newCall(request).execute()) {
            assertEquals(Protocol.H2_PRIOR_KNOWLEDGE, response.protocol());
            return response.code() + " " + response.body().string();
        }
    }

    @Test
    void requestsWithPriorKnowledgeAreAnsweredBatchedAndPlain() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address())) {
            for (var window : List.of(BatchWindow.DEFAULT, Configs.off())) {
                var config = Configs.caller(Loops.to(back, window));
                try (var front = Sidecar.start(config, Loops.PARTS)) {
                    assertEquals("200 GET /a?b=c ", ask(to(front, "/a?b=c").build()));
                    var post = to(front, "/p").post(RequestBody.create(new byte[] {'h', 'i'}));
                    assertEquals("200 POST /p hi", ask(post.build()));
                    assertEquals("200 ", ask(to(front, "/h").head().build()));
                    var other = to(front, "/").header("Host", "nobody").build();
                    assertTrue(ask(other).startsWith("404 "));
                    assertTrue(Loops.soon(() -> front.openConnections() == 1));
                }
            }
            assertEquals(6, service.calls());
        }
    }

    @Test
    void longBodiesAreStreamedBothWays() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service)) {
            var body = "x".repeat(3 << 20);
            var post = to(front, "/").post(RequestBody.create(body.getBytes())).build();
            assertEquals("200 POST / " + body, ask(post));
        }
    }

    @Test
    void manyAtATimeGetEachItsOwn() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, BatchWindow.DEFAULT))) {
            var done = new CountDownLatch(1_000);
            var good = new AtomicInteger();
            var client = H2.newBuilder().build();
            client.dispatcher().setMaxRequestsPerHost(100);
            for (int i = 0; i < 1_000; i++) {
                var expected = "GET /" + i + " ";
                client.newCall(to(front, "/" + i).build())
                        .enqueue(new Expecting(expected, good, done));
            }
            assertTrue(done.await(30, TimeUnit.SECONDS));
            assertEquals(1_000, good.get());
        }
    }

    private record Expecting(String expected, AtomicInteger good, CountDownLatch done)
            implements Callback {
        @Override
        public void onFailure(Call call, IOException cause) {
            done.countDown();
        }

        @Override
        public void onResponse(Call call, Response response) throws IOException {
            try (response) {
                good.addAndGet(response.body().string().equals(expected) ? 1 : 0);
            } finally {
                done.countDown();
            }
        }
    }

    @Test
    void anUpgradeToHttp2InClearTextIsIgnored() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service);
                var client = new RawClient(front.outboundAddress())) {
            var reply =
                    client.ask(
                            "GET /u HTTP/1.1\r\nHost: back\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
            assertEquals(200, reply.status());
            assertEquals("GET /u ", reply.body());
        }
    }

    static Map<String, String[]> malformed() {
        String[] m = {":method", "GET"};
        String[] s = {":scheme", "http"};
        String[] p = {":path", "/"};
        String[] a = {":authority", "back"};
        return Map.ofEntries(
                Map.entry("no method", all(s, p, a)),
                Map.entry("no scheme", all(m, p, a)),
                Map.entry("no path", all(m, s, a)),
                Map.entry("no authority", all(m, s, p)),
                Map.entry("empty path", all(m, s, a, new String[] {":path", ""})),
                Map.entry("path without a slash", all(m, s, a, new String[] {":path", "x"})),
                Map.entry("unknown scheme", all(m, p, a, new String[] {":scheme", "ftp"})),
                Map.entry("path twice", all(m, s, p, p, a)),
                Map.entry("unknown pseudo", all(m, s, p, a, new String[] {":x", "y"})),
                Map.entry("status", all(m, s, p, a, new String[] {":status", "200"})),
                Map.entry("pseudo after field", all(m, s, p, new String[] {"x", "y"}, a)),
                Map.entry("capitals", all(m, s, p, a, new String[] {"X-A", "y"})),
                Map.entry("blank in a name", all(m, s, p, a, new String[] {"x a", "y"})),
                Map.entry("connection", all(m, s, p, a, new String[] {"connection", "close"})),
                Map.entry(
                        "transfer-encoding",
                        all(m, s, p, a, new String[] {"transfer-encoding", "chunked"})),
                Map.entry("upgrade", all(m, s, p, a, new String[] {"upgrade", "x"})),
                Map.entry("te", all(m, s, p, a, new String[] {"te", "gzip"})),
                Map.entry("line feed", all(m, s, p, a, new String[] {"x", "a\nb: c"})),
                Map.entry("return", all(m, s, p, a, new String[] {"x", "a\rb"})),
                Map.entry("NUL", all(m, s, p, a, new String[] {"x", "a\0b"})),
                Map.entry("another host", all(m, s, p, a, new String[] {"host", "other"})),
                Map.entry("bad authority", all(m, s, p, new String[] {":authority", "a b"})),
                Map.entry("blank in the path", all(m, s, a, new String[] {":path", "/a b"})),
                Map.entry("length", all(m, s, p, a, new String[] {"content-length", "5"})));
    }

    private static String[] all(String[]... parts) {
        var result = new ArrayList<String>();
        for (var part : parts) {
            result.addAll(List.of(part));
        }
        return result.toArray(String[]::new);
    }

    static List<String> cases() {
        return malformed().keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMalformedRequestEndsItsStreamAndNoOther(String what) throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service);
                var client = new FrameClient(front.outboundAddress())) {
            client.get(1, malformed().get(what));
            var end = client.end(1);
            assertEquals(FrameClient.RESET, end.type(), what);
            assertEquals(PROTOCOL_ERROR, end.error(), what);
            assertEquals(0, service.calls(), what);
            client.sound(3, "/after");
            assertTrue(client.end(3).type() != FrameClient.RESET, what);
            assertEquals(1, service.calls(), what);
        }
    }

    @Test
    void trailersWithPseudoFieldsAreMalformed() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service);
                var client = new FrameClient(front.outboundAddress())) {
            var head =
                    FrameClient.fields(
                            ":method",
                            "POST",
                            ":scheme",
                            "http",
                            ":path",
                            "/",
                            ":authority",
                            "back");
            client.send(FrameClient.HEADERS, FrameClient.END_HEADERS, 1, head);
            client.send(FrameClient.DATA, 0, 1, new byte[] {'a'});
            client.get(1, ":path", "/other");
            var end = client.end(1);
            assertEquals(FrameClient.RESET, end.type());
            assertEquals(PROTOCOL_ERROR, end.error());
        }
    }

    @Test
    void connectIsRefused() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service);
                var client = new FrameClient(front.outboundAddress())) {
            client.get(1, ":method", "CONNECT", ":authority", "back:80");
            assertTrue(client.end(1).type() >= 0);
            assertEquals(0, service.calls());
        }
    }

    @Test
    void theExtendedConnectOfWebSocketsIsRefusedInWords() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service);
                var client = new FrameClient(front.outboundAddress())) {
            client.get(
                    1,
                    ":method",
                    "CONNECT",
                    ":protocol",
                    "websocket",
                    ":scheme",
                    "http",
                    ":path",
                    "/chat",
                    ":authority",
                    "back");
            var said = client.await(f -> f.stream() == 1 && f.type() == FrameClient.DATA);
            var text = new String(said.payload(), java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(text.contains("CONNECT is not supported"), text);
            client.get(3, ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "back");
            assertTrue(client.end(3).type() >= 0, "the connection goes on");
            assertEquals(1, service.calls());
        }
    }

    /** What floods a connection. */
    private interface Flood {
        void send(FrameClient to, int i) throws IOException;
    }

    private static int calmed(Sidecar front, Flood flood) throws IOException {
        try (var client = new FrameClient(front.outboundAddress())) {
            try {
                for (int i = 0; i < 5_000; i++) {
                    flood.send(client, i);
                }
            } catch (IOException e) {
                // Closed while this still sends; what it said may be lost then.
                return ENHANCE_YOUR_CALM;
            }
            return client.await(f -> f.type() == FrameClient.GOAWAY).error();
        } catch (IOException e) {
            return ENHANCE_YOUR_CALM;
        }
    }

    @Test
    void floodsEndTheConnectionAndHarmNobodyElse() throws Exception {
        var reset = new byte[] {0, 0, 0, 8};
        var head =
                FrameClient.fields(
                        ":method", "POST", ":scheme", "http", ":path", "/", ":authority", "back");
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service)) {
            Flood resets =
                    (c, i) -> {
                        c.send(FrameClient.HEADERS, FrameClient.END_HEADERS, 2 * i + 1, head);
                        c.send(FrameClient.RESET, 0, 2 * i + 1, reset);
                    };
            Flood pings = (c, i) -> c.send(FrameClient.PING, 0, 0, new byte[8]);
            Flood settings = (c, i) -> c.send(FrameClient.SETTINGS, 0, 0, new byte[0]);
            Flood pieces =
                    (c, i) -> {
                        if (i == 0) {
                            c.send(FrameClient.HEADERS, 0, 1, head);
                        }
                        c.send(FrameClient.CONTINUATION, 0, 1, FrameClient.fields("a", "b"));
                    };
            Flood empty =
                    (c, i) -> {
                        if (i == 0) {
                            c.send(FrameClient.HEADERS, FrameClient.END_HEADERS, 1, head);
                        }
                        c.send(FrameClient.DATA, 0, 1, new byte[0]);
                    };
            for (var flood : List.of(resets, pings, settings, pieces, empty)) {
                assertEquals(ENHANCE_YOUR_CALM, calmed(front, flood));
                assertEquals("200 GET /still ", ask(to(front, "/still").build()));
            }
            H2.connectionPool().evictAll();
            assertTrue(Loops.soon(() -> front.openConnections() == 0));
        }
    }

    @Test
    void aHeaderBombIsRefused() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = plain(service);
                var client = new FrameClient(front.outboundAddress())) {
            var fields = new ArrayList<String>();
            fields.addAll(
                    List.of(
                            ":method",
                            "GET",
                            ":scheme",
                            "http",
                            ":path",
                            "/",
                            ":authority",
                            "back"));
            for (int i = 0; i < 12; i++) {
                fields.add("x" + i);
                fields.add("y".repeat(8_000));
            }
            var block = FrameClient.fields(fields.toArray(String[]::new));
            int at = 0;
            for (int i = 0; at < block.length; i++) {
                int length = Math.min(16_384, block.length - at);
                var piece = java.util.Arrays.copyOfRange(block, at, at + length);
                at += length;
                int flags = at == block.length ? FrameClient.END_HEADERS : 0;
                client.send(
                        i == 0 ? FrameClient.HEADERS : FrameClient.CONTINUATION,
                        i == 0 ? flags | FrameClient.END_STREAM : flags,
                        1,
                        piece);
            }
            // The goodbye may be lost behind what was sent and is not read any more.
            assertThrows(
                    IOException.class,
                    () -> client.await(f -> f.stream() == 1 && f.type() == FrameClient.HEADERS));
            assertEquals(0, service.calls());
        }
    }

    @Test
    void drainingSaysGoodbyeTwiceAndAnswersWhatWasAsked() throws Exception {
        var go = new CountDownLatch(1);
        try (var service =
                new StandInService(
                        Loops.GROUP,
                        (ctx, request) -> {
                            var uri = request.uri();
                            ctx.executor()
                                    .schedule(
                                            () -> {
                                                var answer = StandInService.text(200, uri);
                                                answer.headers()
                                                        .set("content-length", uri.length());
                                                ctx.writeAndFlush(answer);
                                            },
                                            300,
                                            TimeUnit.MILLISECONDS);
                            go.countDown();
                            return null;
                        })) {
            var front = plain(service);
            try (var client = new FrameClient(front.outboundAddress())) {
                client.sound(1, "/last");
                assertTrue(go.await(5, TimeUnit.SECONDS));
                front.drain();
                var first = client.await(f -> f.type() == FrameClient.GOAWAY);
                assertEquals(Integer.MAX_VALUE, first.lastStream());
                var second = client.await(f -> f.type() == FrameClient.GOAWAY);
                assertEquals(1, second.lastStream());
                assertEquals(0, second.error());
                assertTrue(client.end(1).type() != FrameClient.RESET);
                assertThrows(IOException.class, () -> client.await(f -> false));
            }
            front.close();
        }
    }

    @Test
    void aCallerThatGoesAwayCancelsWhatItAsked() throws Exception {
        var seen = new CountDownLatch(1);
        try (var service =
                        new StandInService(
                                Loops.GROUP,
                                (ctx, request) -> {
                                    seen.countDown();
                                    return null;
                                });
                var front = plain(service)) {
            try (var client = new FrameClient(front.outboundAddress())) {
                client.sound(1, "/never");
                assertTrue(seen.await(5, TimeUnit.SECONDS));
                client.send(FrameClient.RESET, 0, 1, new byte[] {0, 0, 0, 8});
                assertTrue(Loops.soon(() -> active(front) == 0));
            }
            assertTrue(Loops.soon(() -> front.openConnections() == 0));
        }
    }

    private static int active(Sidecar front) {
        return front.status().at("/links/front->back/0/active").asInt(-1);
    }
}
