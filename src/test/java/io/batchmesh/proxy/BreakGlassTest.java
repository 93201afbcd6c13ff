package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is switched by hand at a running sidecar. */
class BreakGlassTest {
    private static OverrideEntry entry(OverrideEntry.Kind kind, String subject) {
        return new OverrideEntry(kind, subject, Instant.EPOCH, null, "ann");
    }

    private static OverrideEntry batchingOff() {
        return entry(OverrideEntry.Kind.BATCHING_OFF, "front->back");
    }

    private static double plain(Sidecar front) {
        return Scraped.of(front.metrics())
                .count("batchmesh_request_duration_seconds", "path", "plain");
    }

    @Test
    void withBatchingOffRequestsGoOneByOneAndWhatWaitsGoesAtOnce() throws IOException {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, Configs.fixed(Duration.ofSeconds(30))));
                var waiting = new RawClient(front.outboundAddress());
                var client = new RawClient(front.outboundAddress())) {
            waiting.send("GET /waits HTTP/1.1\r\nHost: back\r\n\r\n");
            assertTrue(
                    Loops.soon(
                            () -> Scraped.of(front.metrics()).value("batchmesh_queue_items") == 1));
            front.overridden(List.of(batchingOff()));
            assertEquals("GET /waits ", waiting.read(false).body());
            assertEquals(0, plain(front));
            assertEquals(200, client.ask("GET /a HTTP/1.1\r\nHost: back\r\n\r\n").status());
            assertTrue(Loops.soon(() -> plain(front) == 1));
            assertEquals(
                    1,
                    Scraped.of(front.metrics())
                            .value(
                                    "batchmesh_override_active",
                                    "kind",
                                    "batchingOff",
                                    "subject",
                                    "front->back"));
            // A new config leaves it.
            var next = Configs.caller(Loops.to(back, Configs.fixed(Duration.ofSeconds(20))));
            assertEquals(List.of(), front.apply(next, ConfigVersion.of(next), null));
            assertEquals(200, client.ask("GET /b HTTP/1.1\r\nHost: back\r\n\r\n").status());
            assertTrue(Loops.soon(() -> plain(front) == 2));
            front.overridden(List.of());
            waiting.send("GET /again HTTP/1.1\r\nHost: back\r\n\r\n");
            assertTrue(
                    Loops.soon(
                            () -> Scraped.of(front.metrics()).value("batchmesh_queue_items") == 1),
                    "it is batched again");
            assertEquals(0, Scraped.of(front.metrics()).value("batchmesh_override_active"));
        }
    }

    @Test
    void nothingIsSentToAnEndpointThatSomebodyTookOut() throws IOException {
        try (var one = new StandInService(Loops.GROUP, StandInService::echo);
                var two = new StandInService(Loops.GROUP, StandInService::echo)) {
            var upstreams =
                    List.of(
                            new LinkConfig.Upstream(one.address(), null, 1, Peer.PLAIN),
                            new LinkConfig.Upstream(two.address(), null, 1, Peer.PLAIN));
            var base = Configs.link(one.address(), Peer.PLAIN, Configs.off());
            var link = base.withSubsets(Map.of("v1", upstreams));
            try (var front = Loops.front(link);
                    var client = new RawClient(front.outboundAddress())) {
                assertNull(front.overridable(OverrideEntry.Kind.ENDPOINT_EJECTED, one.address()));
                assertNotNull(front.overridable(OverrideEntry.Kind.ENDPOINT_EJECTED, "x:1"));
                assertNotNull(front.overridable(OverrideEntry.Kind.BATCHING_OFF, "a->b"));
                var first = entry(OverrideEntry.Kind.ENDPOINT_EJECTED, one.address());
                front.overridden(List.of(first));
                for (int i = 0; i < 20; i++) {
                    assertEquals(200, client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n").status());
                }
                assertEquals(0, one.calls());
                var second = entry(OverrideEntry.Kind.ENDPOINT_EJECTED, two.address());
                front.overridden(List.of(first, second));
                var none = client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n");
                assertEquals(503, none.status());
                assertTrue(none.body().contains("no-endpoint"), none.body());
                assertEquals(20, two.calls());
            }
            try (var front = Loops.front(base);
                    var client = new RawClient(front.outboundAddress())) {
                front.overridden(
                        List.of(entry(OverrideEntry.Kind.ENDPOINT_EJECTED, one.address())));
                assertEquals(503, client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n").status());
                assertEquals(0, one.calls(), "even the only one");
            }
        }
    }
}
