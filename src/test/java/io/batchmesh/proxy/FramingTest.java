package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that could be read in two ways are refused, and nothing behind them is believed. */
class FramingTest {
    private static StandInService service;
    private static Sidecar front;
    private static Sidecar back;

    @BeforeAll
    static void start() throws Exception {
        service = new StandInService(Loops.GROUP, StandInService::echo);
        var link = Configs.link(service.address(), Peer.PLAIN, Configs.off());
        front = Loops.front(link);
        back = Loops.back(service.address());
    }

    @AfterAll
    static void stop() {
        front.close();
        back.close();
        service.close();
    }

    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: back\r\n\r\n";

    static List<FramingCases.Bad> bad() {
        return FramingCases.all();
    }

    @Test
    void thereAreCasesEnough() {
        assertTrue(bad().size() >= 60, "only " + bad().size());
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aMalformedRequestIsRefusedAndTheConnectionClosed(FramingCases.Bad bad) throws Exception {
        refused(front.outboundAddress(), bad);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void peersAreHeldToTheSame(FramingCases.Bad bad) throws Exception {
        refused(back.inboundAddress(), bad);
    }

    private static void refused(InetSocketAddress at, FramingCases.Bad bad) throws Exception {
        int before = service.calls();
        try (var client = new RawClient(at)) {
            client.send(bad.text() + NEXT);
            var reply = client.read(false);
            assertEquals(bad.status(), reply.status(), reply.body());
            assertEquals("close", reply.headers().get("connection"));
            assertTrue(client.closed(), "the connection stays open");
        }
        assertEquals(before, service.calls(), "something reached the service");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (var client = new RawClient(front.outboundAddress())) {
            var all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append("GET /p" + i + " HTTP/1.1\r\nHost: back\r\n\r\n");
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertEquals("GET /p" + i + " ", client.read(false).body());
            }
        }
    }

    @Test
    void requestsThatArriveByteByByteAreUnderstood() throws Exception {
        try (var client = new RawClient(front.outboundAddress())) {
            var text =
                    "POST /slow HTTP/1.1\r\nHost: back\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
            for (int i = 0; i < text.length(); i++) {
                client.send(text.substring(i, i + 1));
            }
            assertEquals("POST /slow abcde", client.read(false).body());
        }
    }

    @Test
    void whoAsksWhetherToGoOnIsTold() throws Exception {
        try (var client = new RawClient(front.outboundAddress())) {
            client.send(
                    "POST /e HTTP/1.1\r\nHost: back\r\nContent-Length: 2\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertEquals(100, client.read(false).status());
            client.send("ok");
            assertEquals("POST /e ok", client.read(false).body());
        }
    }

    @Test
    void headHasNoBodyAndTheConnectionGoesOn() throws Exception {
        try (var client = new RawClient(front.outboundAddress())) {
            client.send("HEAD /h HTTP/1.1\r\nHost: back\r\n\r\n");
            var reply = client.read(true);
            assertEquals(200, reply.status());
            assertEquals("GET /next ", client.ask(NEXT.replace("smuggled", "next")).body());
        }
    }

    @Test
    void oldClientsAreAnsweredAndClosed() throws Exception {
        try (var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET /old HTTP/1.0\r\nHost: back\r\n\r\n");
            assertEquals("GET /old ", reply.body());
            assertTrue(client.closed());
        }
    }

    @Test
    void theAbsoluteFormNamesTheHost() throws Exception {
        try (var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET http://back/abs?q=1 HTTP/1.1\r\nHost: other\r\n\r\n");
            assertEquals("GET /abs?q=1 ", reply.body());
        }
    }

    @Test
    void hopByHopHeadersEndHereAndTheTraceGoesOn() throws Exception {
        var rule =
                (StandInService.Rule)
                        (ctx, request) -> {
                            var headers = String.join("\n", request.headers().names());
                            var reply = StandInService.text(200, headers);
                            reply.headers().set("connection", "x-secret");
                            reply.headers().set("x-secret", "1").set("x-kept", "1");
                            return reply;
                        };
        try (var names = new StandInService(Loops.GROUP, rule);
                var own = Loops.front(Configs.link(names.address(), Peer.PLAIN, Configs.off()));
                var client = new RawClient(own.outboundAddress())) {
            var reply =
                    client.ask(
                            "GET / HTTP/1.1\r\nHost: back\r\nConnection: keep-alive, X-Mine\r\n"
                                    + "X-Mine: 1\r\nUpgrade: h2c\r\nKeep-Alive: 5\r\n"
                                    + "traceparent: 00-a-b-01\r\n\r\n");
            var lower = reply.body().toLowerCase(java.util.Locale.ROOT);
            for (var gone : List.of("x-mine", "upgrade", "keep-alive", "connection")) {
                assertFalse(lower.contains(gone), lower);
            }
            assertTrue(lower.contains("traceparent") && lower.contains("via"), lower);
            assertEquals("1", reply.headers().get("x-kept"));
            assertFalse(reply.headers().containsKey("x-secret"));
        }
    }
}
