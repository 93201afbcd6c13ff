package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.policy.OutlierDetection;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Route;
import io.batchmesh.proxy.wire.Frame;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static LinkConfig link(
            List<LinkConfig.Upstream> upstreams,
            @Nullable Duration timeout,
            @Nullable Retry retry,
            CircuitBreaker breaker,
            BatchWindow window) {
        var route = new Route("default", null, Map.of("v1", 1), timeout, retry, null, null);
        return Configs.link("127.0.0.1:1", Peer.SIDECAR, window)
                .withRoutes(List.of(route))
                .withSubsets(Map.of("v1", upstreams))
                .withResilience(new Resilience(null, null, null, breaker, null));
    }

    private static LinkConfig.Upstream sidecar(String address) {
        return new LinkConfig.Upstream(address, null, 1, Peer.SIDECAR);
    }

    private static LinkConfig.Upstream plain(String address) {
        return new LinkConfig.Upstream(address, null, 1, Peer.PLAIN);
    }

    private static final Retry TWICE = new Retry(2, null, List.of("connect-failure", "reset"));

    @Test
    void aPeerThatDiesMidBatchLeavesEachRequestOneOutcomeAndNoneIsDoneTwice() throws Exception {
        var random = new Random(42);
        var count = new AtomicInteger();
        var deaths = new AtomicInteger();
        var silent = new AtomicInteger();
        try (var peer =
                        new ScriptedPeer((to, item, method, path) -> {
                            if (count.incrementAndGet() % 50 == 0) {
                                deaths.incrementAndGet();
                                to.die();
                            } else if (random.nextInt(10) > 0) {
                                to.frame(to.answer(item, method, path));
                            } else {
                                silent.incrementAndGet();
                            }
                        });
                var front =
                        Loops.front(
                                link(
                                        List.of(sidecar(peer.address())),
                                        Duration.ofSeconds(2),
                                        TWICE,
                                        CircuitBreaker.DEFAULT,
                                        BatchWindow.DEFAULT))) {
            int total = 1_000;
            var load = new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, total);
            int clients = 32;
            load.start(clients);
            assertTrue(load.await(30), load.toString());
            assertEquals(0, load.wrong(), load.toString());
            assertEquals(0, load.broken(), load.toString());
            assertEquals(
                    total, load.count(200) + load.count(502) + load.count(504), load.toString());
            // Each client has one request under way, so a death takes that of each at most; and
            // nobody waits in vain for an answer that was given.
            var said = load + ", %s deaths, %s not answered".formatted(deaths, silent);
            assertTrue(load.count(502) > 0, said);
            assertTrue(load.count(502) <= deaths.get() * clients, said);
            assertTrue(load.count(504) <= silent.get(), said);
            var twice = peer.executions().values().stream().filter(n -> n > 1).count();
            assertEquals(0, twice, "POSTs that were executed twice");
        }
    }

    @Test
    void idempotentRequestsSurviveAPeerThatDies() throws Exception {
        var count = new AtomicInteger();
        var retry = new Retry(5, null, List.of("connect-failure", "reset"));
        var breaker = new CircuitBreaker(1024, 1024, 4096, 1024);
        try (var peer =
                        new ScriptedPeer((to, item, method, path) -> {
                            if (count.incrementAndGet() % 100 == 0) {
                                to.die();
                            } else {
                                to.frame(to.answer(item, method, path));
                            }
                        });
                var front =
                        Loops.front(
                                link(
                                        List.of(sidecar(peer.address())),
                                        null,
                                        retry,
                                        breaker,
                                        BatchWindow.DEFAULT))) {
            var load = new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.GET, 1_000);
            load.start(8);
            assertTrue(load.await(30), load.toString());
            assertEquals(0, load.wrong(), load.toString());
            assertTrue(load.count(200) > 950, load.toString());
            double retries = Scraped.of(front).value("batchmesh_retries");
            assertTrue(retries > 0 && retries <= 0.2 * 1_000 + 3, "retries " + retries);
        }
    }

    /**
     * Replies that no request asked for, double replies, replies in any order, frames of the wrong
     * kind.
     */
    @Test
    void aPeerThatAnswersWronglyCannotCrossWires() throws Exception {
        var random = new Random(7);
        var held = new ConcurrentHashMap<Long, String>();
        try (var peer =
                        new ScriptedPeer((to, item, method, path) -> {
                            switch (random.nextInt(5)) {
                                case 0 -> held.put(item, path);
                                case 1 -> {
                                    to.frame(to.answer(item, method, path));
                                    to.frame(to.answer(item, method, "/other"));
                                }
                                case 2 -> {
                                    to.frame(to.answer(item + 5_000, method, "/none"));
                                    to.frame(to.answer(item, method, path));
                                }
                                case 3 -> to.frame(new Frame.Failure(item, 503, "busy"));
                                default -> to.frame(to.answer(item, method, path));
                            }
                            for (var late : List.copyOf(held.entrySet())) {
                                if (random.nextInt(3) == 0 && held.remove(late.getKey()) != null) {
                                    to.frame(to.answer(late.getKey(), method, late.getValue()));
                                }
                            }
                        });
                var front =
                        Loops.front(
                                link(
                                        List.of(sidecar(peer.address())),
                                        Duration.ofMillis(1_500),
                                        null,
                                        CircuitBreaker.DEFAULT,
                                        BatchWindow.DEFAULT))) {
            var load = new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, 1_000);
            load.start(16);
            assertTrue(load.await(30), load.toString());
            assertEquals(0, load.wrong(), load.toString());
            assertEquals(0, load.broken(), load.toString());
            assertTrue(load.count(503) > 0 && load.count(200) > 500, load.toString());
        }
    }

    @Test
    void garbageFromAPeerIsA502ForThoseWhoWait() throws Exception {
        try (var peer =
                        new ScriptedPeer((to, item, method, path) ->
                                to.raw(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}));
                var front = front(sidecar(peer.address()), Duration.ofSeconds(5));
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("POST /x HTTP/1.1\r\nHost: back\r\nContent-Length: 0\r\n\r\n");
            assertEquals(502, reply.status(), reply.body());
            assertEquals("application/problem+json", reply.headers().get("content-type"));
            assertTrue(reply.body().contains("front->back"), reply.body());
            assertTrue(reply.body().contains("not known"), reply.body());
        }
    }

    private static Sidecar front(LinkConfig.Upstream upstream, @Nullable Duration timeout)
            throws Exception {
        return Loops.front(
                link(
                        List.of(upstream),
                        timeout,
                        null,
                        CircuitBreaker.DEFAULT,
                        BatchWindow.DEFAULT));
    }

    @Test
    void aSilentServiceIsA504InTime() throws Exception {
        try (var service = new StandInService(Loops.GROUP, (ctx, request) -> null);
                var back = Loops.back(service.address());
                var front = front(sidecar(Loops.address(back)), Duration.ofMillis(100));
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET /x HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals(504, reply.status());
            long begun = System.nanoTime();
            reply = client.ask("GET /x HTTP/1.1\r\nHost: back\r\n\r\n");
            long took = (System.nanoTime() - begun) / 1_000_000;
            assertEquals(504, reply.status());
            assertTrue(took >= 90 && took < 1_000, "took " + took + " ms");
            reply = client.ask("GET /x HTTP/1.1\r\nHost: back\r\ntimeout: 20ms\r\n\r\n");
            assertEquals(504, reply.status());
            assertTrue(Loops.soon(() -> Scraped.of(back).value("batchmesh_inbound_requests") >= 2));
        }
    }

    @Test
    void anUnreachablePeerIsA502AtOnce() throws Exception {
        try (var front = front(sidecar("127.0.0.1:1"), null);
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET /x HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals(502, reply.status());
            assertTrue(reply.body().contains("connect-failure"), reply.body());
        }
    }

    @Test
    void beyondTheBoundRequestsAreShedAtOnce() throws Exception {
        try (var service = new StandInService(Loops.GROUP, (ctx, request) -> null);
                var back = Loops.back(service.address());
                var front =
                        Loops.front(
                                link(
                                        List.of(sidecar(Loops.address(back))),
                                        Duration.ofSeconds(20),
                                        null,
                                        new CircuitBreaker(10, 10, 4, 3),
                                        BatchWindow.DEFAULT))) {
            var waiting = new RawClient[4];
            for (int i = 0; i < waiting.length; i++) {
                waiting[i] = new RawClient(front.outboundAddress());
                waiting[i].send("GET /wait HTTP/1.1\r\nHost: back\r\n\r\n");
            }
            assertTrue(Loops.soon(() -> service.calls() == 4));
            try (var client = new RawClient(front.outboundAddress())) {
                var reply = client.ask("GET /more HTTP/1.1\r\nHost: back\r\n\r\n");
                assertEquals(503, reply.status());
                assertEquals("1", reply.headers().get("retry-after"));
            }
            var seen = Scraped.of(front);
            assertEquals(1, seen.value("batchmesh_shed", "cause", "requests"));
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(front)
                                            .count(
                                                    "batchmesh_request_duration_seconds",
                                                    "path",
                                                    "shed")
                                    == 1));
            for (var one : waiting) {
                one.close();
            }
            // The callers are gone: so is the work for them.
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(front).value("batchmesh_requests", "code", "499") == 4));
        }
    }

    @Test
    void anEndpointThatFailsIsLeftOutForAWhile() throws Exception {
        try (var good = new StandInService(Loops.GROUP, StandInService::echo);
                var bad =
                        new StandInService(
                                Loops.GROUP, (c, r) -> StandInService.text(500, "broken"))) {
            var base =
                    link(
                            List.of(plain(good.address()), plain(bad.address())),
                            null,
                            null,
                            CircuitBreaker.DEFAULT,
                            BatchWindow.DEFAULT);
            var outlier = new OutlierDetection(3, Duration.ofSeconds(1), Duration.ofMinutes(5), 50);
            var watched = base.withResilience(new Resilience(null, null, outlier, null, null));
            try (var front = Loops.front(watched)) {
                var load =
                        new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.GET, 200);
                load.start(2);
                assertTrue(load.await(20), load.toString());
                assertTrue(bad.calls() >= 3 && bad.calls() <= 6, "bad calls " + bad.calls());
                assertEquals(
                        1,
                        Scraped.of(front)
                                .value("batchmesh_breaker_open", "endpoint", bad.address()));
            }
        }
    }

    @Test
    void aPeerThatGoesAwayGivesBackWhatItDidNotTouch() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var one = Loops.back(service.address());
                var two = Loops.back(service.address());
                var front =
                        Loops.front(
                                link(
                                        List.of(
                                                sidecar(Loops.address(one)),
                                                sidecar(Loops.address(two))),
                                        null,
                                        TWICE,
                                        CircuitBreaker.DEFAULT,
                                        BatchWindow.DEFAULT))) {
            int total = 3_000;
            var load = new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, total);
            load.start(16);
            assertTrue(Loops.soon(() -> load.count(200) > 500));
            one.close(Duration.ofSeconds(5));
            assertTrue(load.await(20), load.toString());
            assertEquals(total, load.count(200), load.toString());
            assertEquals(total, service.calls());
        }
    }
}
