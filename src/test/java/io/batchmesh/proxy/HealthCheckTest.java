package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.HealthCheck;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.OutlierDetection;
import io.batchmesh.policy.Resilience;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Endpoints that are asked how they do, and those that fail without being asked. */
class HealthCheckTest {
    private static final HealthCheck CHECK =
            new HealthCheck(
                    "/health?deep", Duration.ofMillis(100), Duration.ofMillis(300), 2, 2, 204);

    /** A service that is well or not, and counts how it is asked. */
    private static final class Patient implements AutoCloseable {
        private final AtomicBoolean well = new AtomicBoolean(true);
        private final AtomicBoolean mute = new AtomicBoolean();
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger served = new AtomicInteger();
        private final StandInService service =
                new StandInService(Loops.GROUP, (c, r) -> answer(c, r));

        private @Nullable FullHttpResponse answer(ChannelHandlerContext ctx, FullHttpRequest r) {
            if (r.uri().equals("/health?deep")) {
                asked.incrementAndGet();
                assertEquals("back", r.headers().get("host"));
                return mute.get() ? null : StandInService.text(well.get() ? 204 : 200, "");
            }
            served.incrementAndGet();
            return StandInService.text(200, service.address());
        }

        LinkConfig.Upstream upstream() {
            return new LinkConfig.Upstream(service.address(), null, 1, Peer.PLAIN);
        }

        @Override
        public void close() {
            service.close();
        }
    }

    private static LinkConfig link(
            List<LinkConfig.Upstream> upstreams,
            @Nullable OutlierDetection outlier,
            @Nullable HealthCheck check) {
        var inTurn = new LoadBalancing(LoadBalancing.Policy.ROUND_ROBIN, null);
        return Configs.link("127.0.0.1:1", Peer.PLAIN, Configs.off())
                .withSubsets(Map.of("v1", upstreams))
                .withResilience(new Resilience(inTurn, null, outlier, null, check));
    }

    private static void ask(Sidecar front, int times) throws IOException {
        try (var client = new RawClient(front.outboundAddress())) {
            for (int i = 0; i < times; i++) {
                var reply = client.ask("GET /x HTTP/1.1\r\nHost: back\r\n\r\n");
                assertEquals(200, reply.status(), reply.body());
            }
        }
    }

    private static double healthy(Sidecar front, Patient of) {
        return Scraped.of(front.metrics())
                .value("batchmesh_endpoint_healthy", "endpoint", of.service.address());
    }

    private static String verdict(Sidecar front, Patient of) {
        for (var endpoint : front.status().get("links").get("front->back")) {
            if (endpoint.get("address").asString().equals(of.service.address())) {
                return endpoint.get("health").asString();
            }
        }
        return "not there";
    }

    @Test
    void anEndpointThatAnswersBadlyIsNotUsedUntilItAnswersWellAgain() throws IOException {
        try (var good = new Patient();
                var bad = new Patient()) {
            var link = link(List.of(good.upstream(), bad.upstream()), null, CHECK);
            try (var front = Loops.front(link)) {
                assertTrue(Loops.soon(() -> verdict(front, bad).equals("passing")));
                bad.well.set(false);
                assertTrue(Loops.soon(() -> healthy(front, bad) == 0));
                assertEquals("failing", verdict(front, bad));
                assertEquals(1, healthy(front, good));
                int before = bad.served.get();
                ask(front, 20);
                assertEquals(before, bad.served.get(), "requests while it was unwell");
                bad.well.set(true);
                assertTrue(Loops.soon(() -> healthy(front, bad) == 1));
                ask(front, 20);
                assertTrue(bad.served.get() > before, "none came after it was well again");
            }
        }
    }

    @Test
    void aMuteEndpointIsUnwellAndWhereAllAreTheyAreUsedAllTheSame() throws IOException {
        try (var one = new Patient();
                var two = new Patient()) {
            one.mute.set(true);
            two.well.set(false);
            var link = link(List.of(one.upstream(), two.upstream()), null, CHECK);
            try (var front = Loops.front(link)) {
                assertTrue(Loops.soon(() -> healthy(front, one) + healthy(front, two) == 0));
                ask(front, 10);
                assertTrue(one.served.get() > 0 && two.served.get() > 0, "a guess beats no answer");
                assertEquals(10, Scraped.of(front.metrics()).value("batchmesh_panics"));
            }
            int asked = one.asked.get() + two.asked.get();
            assertTrue(asked >= 4, "asked " + asked);
        }
    }

    @Test
    void aCheckThatIsTakenOutOfTheConfigEndsAndIsForgotten() throws IOException {
        try (var good = new Patient();
                var bad = new Patient()) {
            bad.well.set(false);
            var upstreams = List.of(good.upstream(), bad.upstream());
            var with = Configs.caller(link(upstreams, null, CHECK));
            var without = Configs.caller(link(upstreams, null, null));
            try (var front = Sidecar.start(with, Loops.PARTS)) {
                assertTrue(Loops.soon(() -> verdict(front, bad).equals("failing")));
                var version = io.batchmesh.config.ConfigVersion.of(without);
                assertEquals(List.of(), front.apply(without, version, null));
                assertEquals("unchecked", verdict(front, bad));
                ask(front, 4);
                assertTrue(bad.served.get() > 0, "still left out");
            }
        }
    }

    @Test
    void neverMoreThanTheShareOfEndpointsIsLeftOut() throws Exception {
        var all = new ArrayList<StandInService>();
        try {
            for (int i = 0; i < 5; i++) {
                all.add(
                        new StandInService(
                                Loops.GROUP, (c, r) -> StandInService.text(500, "broken")));
            }
            var upstreams =
                    all.stream()
                            .map(s -> new LinkConfig.Upstream(s.address(), null, 1, Peer.PLAIN))
                            .toList();
            var outlier = new OutlierDetection(2, Duration.ofSeconds(1), Duration.ofMinutes(5), 50);
            try (var front = Loops.front(link(upstreams, outlier, null))) {
                var load =
                        new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.GET, 200);
                load.start(4);
                assertTrue(load.await(20), load.toString());
                assertEquals(200, load.count(500), load.toString());
                double out = 0;
                for (var service : all) {
                    out +=
                            Scraped.of(front.metrics())
                                    .value(
                                            "batchmesh_endpoint_ejections",
                                            "endpoint",
                                            service.address());
                }
                assertEquals(2, out, "of five, at most half");
            }
        } finally {
            all.forEach(StandInService::close);
        }
    }
}
