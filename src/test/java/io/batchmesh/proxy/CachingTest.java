package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachingTest {
    private static LinkConfig link(String address, Peer peer, Duration ttl, Duration stale) {
        var window = BatchWindow.DEFAULT.withCache(new BatchWindow.Cache(1 << 20, ttl, stale));
        return Configs.link(address, peer, window);
    }

    private static Sidecar front(StandInService service, Duration ttl, Duration stale)
            throws Exception {
        return Loops.front(link(service.address(), Peer.PLAIN, ttl, stale));
    }

    private static StandInService numbers(String... headers) {
        var next = new AtomicInteger();
        return new StandInService(
                Loops.GROUP,
                (ctx, request) -> {
                    var reply = StandInService.text(200, "" + next.incrementAndGet());
                    for (int i = 0; i < headers.length; i += 2) {
                        reply.headers().set(headers[i], headers[i + 1]);
                    }
                    return reply;
                });
    }

    private static String get(RawClient client, String path, String... headers) throws IOException {
        var more = new StringBuilder();
        for (var header : headers) {
            more.append(header).append("\r\n");
        }
        return client.ask("GET " + path + " HTTP/1.1\r\nHost: back\r\n" + more + "\r\n").body();
    }

    @Test
    void aFreshAnswerIsGivenAgainWithoutAsking() throws Exception {
        try (var service = numbers();
                var front = front(service, Duration.ofMinutes(1), Duration.ZERO);
                var client = new RawClient(front.outboundAddress())) {
            assertEquals("1", get(client, "/a"));
            assertEquals("1", get(client, "/a"));
            assertEquals("2", get(client, "/b"));
            assertEquals(2, service.calls());
            var seen = Scraped.of(front);
            assertEquals(1, seen.value("batchmesh_cache_requests", "result", "hit"));
            assertEquals(2, seen.value("batchmesh_cache_requests", "result", "miss"));
        }
    }

    @Test
    void theAnswerSaysHowLongItIsFresh() throws Exception {
        try (var service = numbers("cache-control", "max-age=60");
                var front = front(service, Duration.ZERO, Duration.ZERO);
                var client = new RawClient(front.outboundAddress())) {
            assertEquals("1", get(client, "/a"));
            assertEquals("1", get(client, "/a"));
        }
        try (var service = numbers("cache-control", "max-age=0");
                var front = front(service, Duration.ofMinutes(1), Duration.ZERO);
                var client = new RawClient(front.outboundAddress())) {
            assertEquals("1", get(client, "/a"));
            assertEquals("2", get(client, "/a"));
        }
    }

    @Test
    void whatBelongsToOneCallerIsNeverShared() throws Exception {
        for (var header : List.of("authorization: a", "cookie: b=c", "x-api-key: k")) {
            try (var service = numbers();
                    var front = front(service, Duration.ofMinutes(1), Duration.ZERO);
                    var client = new RawClient(front.outboundAddress())) {
                assertEquals("1", get(client, "/a", header));
                assertEquals("2", get(client, "/a", header), header);
                assertEquals("3", get(client, "/a"), header);
            }
        }
        for (var answer :
                List.of(
                        List.of("set-cookie", "a=b"),
                        List.of("cache-control", "private"),
                        List.of("cache-control", "no-store"),
                        List.of("vary", "*"))) {
            try (var service = numbers(answer.getFirst(), answer.getLast());
                    var front = front(service, Duration.ofMinutes(1), Duration.ZERO);
                    var client = new RawClient(front.outboundAddress())) {
                assertEquals("1", get(client, "/a"));
                assertEquals("2", get(client, "/a"), answer.toString());
            }
        }
    }

    @Test
    void aChangeThrowsTheKeptAnswerAway() throws Exception {
        try (var service = numbers();
                var front = front(service, Duration.ofMinutes(1), Duration.ZERO);
                var client = new RawClient(front.outboundAddress())) {
            assertEquals("1", get(client, "/a"));
            client.ask("PUT /a HTTP/1.1\r\nHost: back\r\nContent-Length: 0\r\n\r\n");
            assertEquals("3", get(client, "/a"));
        }
    }

    @Test
    void aStaleAnswerIsGivenWhileANewOneIsFetched() throws Exception {
        try (var service = numbers();
                var front = front(service, Duration.ofMillis(30), Duration.ofMinutes(1));
                var client = new RawClient(front.outboundAddress())) {
            assertEquals("1", get(client, "/a"));
            long until = System.nanoTime() + Duration.ofMillis(40).toNanos();
            assertTrue(Loops.soon(() -> System.nanoTime() - until > 0));
            assertEquals("1", get(client, "/a"));
            assertTrue(Loops.soon(() -> service.calls() == 2));
            assertTrue(
                    Loops.soon(() -> {
                        try {
                            return Integer.parseInt(get(client, "/a")) >= 2;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }));
        }
    }

    /** Holds all answers back until it is told. */
    private static final class Gate {
        private final List<ChannelHandlerContext> held = new CopyOnWriteArrayList<>();

        StandInService service() {
            return new StandInService(
                    Loops.GROUP,
                    (ctx, request) -> {
                        held.add(ctx);
                        return null;
                    });
        }

        void open(String... headers) {
            for (var ctx : held) {
                // The answer brings the next calls, so what is answered leaves the list first.
                held.remove(ctx);
                var reply = StandInService.text(200, "answer");
                for (int i = 0; i < headers.length; i += 2) {
                    reply.headers().set(headers[i], headers[i + 1]);
                }
                reply.headers().setInt("content-length", 6);
                ctx.channel().writeAndFlush(reply);
            }
        }
    }

    private static List<RawClient> ask(Sidecar front, int count) throws IOException {
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < count; i++) {
            var client = new RawClient(front.outboundAddress());
            client.send("GET /same HTTP/1.1\r\nHost: back\r\n\r\n");
            clients.add(client);
        }
        return clients;
    }

    private static long inFlight(Sidecar front) {
        return front.openConnections();
    }

    @Test
    void theSameQuestionInFlightIsAskedOnce() throws Exception {
        var gate = new Gate();
        try (var service = gate.service();
                var front = front(service, Duration.ZERO, Duration.ZERO)) {
            var clients = ask(front, 20);
            assertTrue(Loops.soon(() -> gate.held.size() == 1 && inFlight(front) == 20));
            front.status();
            gate.open();
            for (var client : clients) {
                assertEquals("answer", client.read(false).body());
                client.close();
            }
            assertEquals(1, service.calls());
            var seen = Scraped.of(front);
            assertEquals(19, seen.value("batchmesh_cache_requests", "result", "coalesced"));
        }
    }

    @Test
    void anAnswerThatMayNotBeSharedLetsAllAskForThemselves() throws Exception {
        var gate = new Gate();
        try (var service = gate.service();
                var front = front(service, Duration.ZERO, Duration.ZERO)) {
            var clients = ask(front, 5);
            assertTrue(Loops.soon(() -> gate.held.size() == 1 && inFlight(front) == 5));
            front.status();
            gate.open("set-cookie", "a=b");
            assertTrue(Loops.soon(() -> gate.held.size() == 4));
            gate.open("set-cookie", "a=b");
            for (var client : clients) {
                assertEquals("answer", client.read(false).body());
                client.close();
            }
        }
    }

    @Test
    void whenTheOneWhoAsksGoesAnotherAsksInItsStead() throws Exception {
        var gate = new Gate();
        try (var service = gate.service();
                var front = front(service, Duration.ZERO, Duration.ZERO)) {
            var first = ask(front, 1);
            assertTrue(Loops.soon(() -> service.calls() == 1));
            var others = ask(front, 3);
            assertTrue(Loops.soon(() -> inFlight(front) == 4));
            front.status();
            first.getFirst().close();
            assertTrue(Loops.soon(() -> gate.held.size() == 2));
            gate.open();
            for (var client : others) {
                assertEquals("answer", client.read(false).body());
                client.close();
            }
            assertEquals(2, service.calls());
        }
    }
}
