package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SwapTest {
    private static final int SWAPS = Boolean.getBoolean("stress") ? 2_000 : 100;

    private static BatchWindow any(Random random) {
        var codec = Compression.Codec.values()[random.nextInt(4)];
        var context = Compression.Context.values()[random.nextInt(2)];
        return BatchWindow.DEFAULT
                .withPolicy(BatchWindow.Policy.values()[random.nextInt(4)])
                .withLinger(Duration.ofMillis(random.nextInt(5)))
                .withMaxItems(1 + random.nextInt(64))
                .withTargetP99(Duration.ofMillis(20))
                .withCompression(new Compression(codec, 3, context, random.nextInt(1_000)));
    }

    @Test
    void configsAreSwappedUnderLoadWithoutAnError() throws Exception {
        long seed = 11;
        var random = new Random(seed);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var one = Loops.back(service.address());
                var two = Loops.back(service.address());
                var front = Loops.front(Loops.to(one, BatchWindow.DEFAULT))) {
            var load =
                    new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, 1 << 30);
            load.start(16);
            for (int swaps = 0; swaps < SWAPS; swaps++) {
                var link = endpoints(any(random), random, one, two);
                var config = front.config().withLinks(List.of(link));
                assertEquals(List.of(), front.apply(config, ConfigVersion.of(config), "r" + swaps));
                int seen = load.count(200);
                assertTrue(Loops.soon(() -> load.count(200) > seen + 20), load + ", seed " + seed);
            }
            load.stop();
            assertTrue(Loops.soon(load::quiet), load + ", seed " + seed);
            assertTrue(load.flawless(), load + ", seed " + seed);
            var info = Scraped.of(front);
            assertEquals(1, info.value("batchmesh_config_info", "version", front.version().hash()));
        }
    }

    /** One endpoint, the other, or both. */
    private static LinkConfig endpoints(
            BatchWindow window, Random random, Sidecar one, Sidecar two) {
        var base = Loops.to(random.nextBoolean() ? one : two, window);
        if (random.nextBoolean()) {
            return base;
        }
        return base.withSubsets(
                Map.of(
                        "v1",
                        List.of(
                                new LinkConfig.Upstream(Loops.address(one), null, 1, Peer.SIDECAR),
                                new LinkConfig.Upstream(
                                        Loops.address(two), null, 3, Peer.SIDECAR))));
    }

    @Test
    void aListenerMovesAndWhatIsRefusedChangesNothing() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front =
                        Loops.front(Configs.link(service.address(), Peer.PLAIN, Configs.off()));
                var taken = new ServerSocket(0)) {
            var before = front.outboundAddress();
            var bad = moved(front.config(), "127.0.0.1:" + taken.getLocalPort());
            var faults = front.apply(bad, ConfigVersion.of(bad), null);
            assertEquals("/listeners/outbound", faults.getFirst().pointer());
            assertFalse(front.check(bad).isEmpty());
            assertEquals(before, front.outboundAddress());
            ask(front, "/still");
            var good = moved(front.config(), "localhost:0");
            assertEquals(List.of(), front.apply(good, ConfigVersion.of(good), "r2"));
            ask(front, "/moved");
        }
    }

    private static void ask(Sidecar front, String path) throws IOException {
        try (var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET " + path + " HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals("GET " + path + " ", reply.body());
        }
    }

    private static ProxyConfig moved(ProxyConfig config, String outbound) {
        return new ProxyConfig(
                config.proxy(),
                config.service(),
                config.zone(),
                new ProxyConfig.Listeners(outbound, config.listeners().inbound()),
                config.inbound(),
                config.links(),
                config.tls());
    }

    @Test
    void drainingFinishesWhatIsAtHandAndLosesNothing() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address())) {
            var front = Loops.front(Loops.to(back, Configs.fixed(Duration.ofSeconds(5))));
            var client = new RawClient(front.outboundAddress());
            client.send("GET /last HTTP/1.1\r\nHost: back\r\n\r\n");
            assertTrue(Loops.soon(() -> Scraped.of(front).value("batchmesh_queue_items") == 1));
            assertTrue(front.ready());
            front.drain();
            assertFalse(front.ready());
            assertEquals("GET /last ", client.read(false).body());
            assertTrue(client.closed());
            front.close();
            assertEquals(1, Scraped.of(front).value("batchmesh_batches", "reason", "drain"));
        }
    }
}
