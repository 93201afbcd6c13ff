package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.policy.Failover;
import io.batchmesh.policy.FaultInjection;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways to peers, choices among them, and what routes do on the way. */
class PeersTest {
    private static LinkConfig link(
            Map<String, List<LinkConfig.Upstream>> subsets,
            LoadBalancing.Policy balancing,
            @Nullable Mirror mirror,
            @Nullable FaultInjection fault) {
        var route = new Route("r", null, Map.of("v1", 1), null, null, mirror, fault);
        var base = Configs.link("127.0.0.1:1", Peer.PLAIN, Configs.off());
        var resilience =
                new Resilience(
                        new LoadBalancing(balancing, "x-user"),
                        new Failover(List.of(new Failover.Zone("a", List.of("b")))),
                        null,
                        null,
                        null);
        return base.withRoutes(List.of(route)).withSubsets(subsets).withResilience(resilience);
    }

    private static LinkConfig.Upstream plain(StandInService at, @Nullable String zone, int weight) {
        return new LinkConfig.Upstream(at.address(), zone, weight, Peer.PLAIN);
    }

    private static void stop(StandInService service) {
        service.close();
    }

    /** An intermediary that knows nothing of streams. */
    @Test
    void aPeerThatRefusesTheStreamGetsOnePostABatch() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address())) {
            var hop =
                    Configs.link(
                            "127.0.0.1:" + back.inboundAddress().getPort(),
                            Peer.PLAIN,
                            Configs.off());
            var toBatch =
                    new LinkConfig(
                            "middle->back",
                            "batchmesh",
                            hop.routes(),
                            hop.subsets(),
                            hop.resilience(),
                            hop.batch());
            try (var middle = Loops.front(toBatch);
                    var front =
                            Loops.front(
                                    Configs.link(
                                            "127.0.0.1:" + middle.outboundAddress().getPort(),
                                            Peer.SIDECAR,
                                            BatchWindow.DEFAULT.withCompression(
                                                    new Compression(
                                                            Compression.Codec.GZIP,
                                                            1,
                                                            Compression.Context.STREAM,
                                                            10))))) {
                var load =
                        new LoadClient(
                                Loops.GROUP, front.outboundAddress(), HttpMethod.POST, 1_000);
                load.start(16);
                assertTrue(load.await(20), load.toString());
                assertEquals(1_000, load.count(200), load.toString());
                assertEquals(0, load.wrong());
                assertEquals(
                        1_000,
                        Scraped.of(front)
                                .count("batchmesh_request_duration_seconds", "path", "batched"));
            }
        }
    }

    @Test
    void aPeerThatIsNoSidecarAtAllIsA502() throws Exception {
        try (var service =
                        new StandInService(
                                Loops.GROUP, (ctx, request) -> StandInService.text(404, "what?"));
                var front =
                        Loops.front(
                                Configs.link(
                                        service.address(), Peer.SIDECAR, BatchWindow.DEFAULT));
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals(502, reply.status());
            assertTrue(reply.body().contains("takes no batches"), reply.body());
        }
    }

    @ParameterizedTest
    @CsvSource({"ZSTD,BATCH", "ZSTD,STREAM", "GZIP,BATCH"})
    void whatRepeatsIsPackedBothWays(Compression.Codec codec, Compression.Context context)
            throws Exception {
        var text = "the same words again and again ".repeat(40);
        try (var service =
                        new StandInService(
                                Loops.GROUP, (ctx, request) -> StandInService.text(200, text));
                var back = Loops.back(service.address());
                var front =
                        Loops.front(
                                Loops.to(
                                        back,
                                        BatchWindow.DEFAULT.withCompression(
                                                new Compression(codec, 3, context, 100))));
                var client = new RawClient(front.outboundAddress())) {
            for (int i = 0; i < 20; i++) {
                var body =
                        client.ask(
                                        "POST /p HTTP/1.1\r\nHost: back\r\nContent-Length: "
                                                + text.length()
                                                + "\r\n\r\n"
                                                + text)
                                .body();
                assertEquals(text, body);
            }
            var seen = Scraped.of(front);
            for (var way : List.of("out", "in")) {
                double raw = seen.value("batchmesh_wire_bytes", "direction", way, "form", "raw");
                double packed =
                        seen.value("batchmesh_wire_bytes", "direction", way, "form", "compressed");
                assertTrue(raw > 20_000 && packed < raw / 4, way + " " + raw + " " + packed);
            }
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(front).value("batchmesh_stage_items", "stage", "compress")
                                    == 20));
        }
    }

    @ParameterizedTest
    @CsvSource({"ROUND_ROBIN,75,0", "RANDOM,75,12", "LEAST_REQUEST,50,50"})
    void endpointsGetTheirShare(LoadBalancing.Policy policy, int share, int give) throws Exception {
        try (var heavy = new StandInService(Loops.GROUP, StandInService::echo);
                var light = new StandInService(Loops.GROUP, StandInService::echo);
                var front =
                        Loops.front(
                                link(
                                        Map.of(
                                                "v1",
                                                List.of(
                                                        plain(heavy, null, 3),
                                                        plain(light, null, 1))),
                                        policy,
                                        null,
                                        null));
                var client = new RawClient(front.outboundAddress())) {
            for (int i = 0; i < 200; i++) {
                client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n");
            }
            assertEquals(200, heavy.calls() + light.calls());
            assertEquals(share * 2, heavy.calls(), give * 2);
        }
    }

    @Test
    void oneCallerStaysWithOneEndpointByHash() throws Exception {
        try (var one = new StandInService(Loops.GROUP, StandInService::echo);
                var two = new StandInService(Loops.GROUP, StandInService::echo);
                var front =
                        Loops.front(
                                link(
                                        Map.of(
                                                "v1",
                                                List.of(plain(one, null, 1), plain(two, null, 1))),
                                        LoadBalancing.Policy.CONSISTENT_HASH,
                                        null,
                                        null));
                var client = new RawClient(front.outboundAddress())) {
            for (int user = 0; user < 20; user++) {
                int before = one.calls();
                for (int i = 0; i < 3; i++) {
                    client.ask("GET / HTTP/1.1\r\nHost: back\r\nX-User: u" + user + "\r\n\r\n");
                }
                assertEquals(0, (one.calls() - before) % 3, "user " + user);
            }
            assertTrue(one.calls() > 0 && two.calls() > 0);
        }
    }

    @Test
    void theOwnZoneComesFirstAndTheOthersWhenItFails() throws Exception {
        try (var near = new StandInService(Loops.GROUP, StandInService::echo);
                var far = new StandInService(Loops.GROUP, StandInService::echo)) {
            var subsets = Map.of("v1", List.of(plain(far, "b", 1), plain(near, "a", 1)));
            var base = Configs.caller(link(subsets, LoadBalancing.Policy.ROUND_ROBIN, null, null));
            var zoned =
                    new ProxyConfig(
                            base.proxy(),
                            base.service(),
                            "a",
                            base.listeners(),
                            null,
                            base.links(),
                            null);
            try (var front = Sidecar.start(zoned, Loops.PARTS);
                    var client = new RawClient(front.outboundAddress())) {
                for (int i = 0; i < 10; i++) {
                    client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n");
                }
                assertEquals(10, near.calls());
                stop(near);
                int good = 0;
                for (int i = 0; i < 10; i++) {
                    var one = new RawClient(front.outboundAddress());
                    good += one.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n").status() == 200 ? 1 : 0;
                    one.close();
                }
                assertTrue(good >= 8 && far.calls() >= 1 || near.calls() == 20, "good " + good);
            }
        }
    }

    @Test
    void faultsAreMadeAsAsked() throws Exception {
        var fault =
                new FaultInjection(
                        new FaultInjection.Delay(100, Duration.ofMillis(60)),
                        new FaultInjection.Abort(100, 418 + 11));
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front =
                        Loops.front(
                                link(
                                        Map.of("v1", List.of(plain(service, null, 1))),
                                        LoadBalancing.Policy.RANDOM,
                                        null,
                                        fault));
                var client = new RawClient(front.outboundAddress())) {
            long begun = System.nanoTime();
            var reply = client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals(429, reply.status());
            assertTrue(System.nanoTime() - begun >= 60_000_000L);
            assertEquals(0, service.calls());
        }
    }

    @Test
    void aMirrorGetsCopiesAndItsAnswersAreThrownAway() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var shadow =
                        new StandInService(Loops.GROUP, (c, r) -> StandInService.text(500, "no"));
                var front =
                        Loops.front(
                                link(
                                        Map.of(
                                                "v1",
                                                List.of(plain(service, null, 1)),
                                                "v2",
                                                List.of(plain(shadow, null, 1))),
                                        LoadBalancing.Policy.RANDOM,
                                        new Mirror("back", "v2", 100),
                                        null));
                var client = new RawClient(front.outboundAddress())) {
            for (int i = 0; i < 10; i++) {
                var reply =
                        client.ask("POST /m HTTP/1.1\r\nHost: back\r\nContent-Length: 2\r\n\r\nhi");
                assertEquals("POST /m hi", reply.body());
            }
            assertTrue(Loops.soon(() -> shadow.calls() == 10));
            assertEquals(10, service.calls());
            assertTrue(Loops.soon(() -> Scraped.of(front).value("batchmesh_requests") == 10));
        }
    }
}
