package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.batchmesh.admin.tap.CodeRange;
import io.batchmesh.admin.tap.TapFilter;
import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapSession;
import io.batchmesh.admin.tap.TapStart;
import io.batchmesh.admin.tap.TappedRequest;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Route;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import io.batchmesh.policy.Tracing;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.tap.Taps;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Single requests as a tap of a running sidecar shows them. */
class TapTest {
    /** A service with a sidecar before it, and one through which it is called. */
    private static final class Pair implements AutoCloseable {
        private final StandInService service =
                new StandInService(
                        Loops.GROUP,
                        (c, r) ->
                                r.uri().startsWith("/bad")
                                        ? StandInService.text(500, "bad")
                                        : StandInService.echo(c, r));
        private final Sidecar back = Loops.back(service.address());
        private final Sidecar front;

        Pair(BatchWindow window) throws IOException {
            front = Loops.front(Loops.to(back, window));
        }

        void ask(String text) throws IOException {
            try (var client = new RawClient(front.outboundAddress())) {
                client.ask(text);
            }
        }

        void get(String target) throws IOException {
            ask("GET " + target + " HTTP/1.1\r\nHost: back\r\n\r\n");
        }

        TapSession tap(TapOrder order) {
            return assertInstanceOf(TapStart.Open.class, front.tap(order)).session();
        }

        @Override
        public void close() {
            front.close();
            back.close();
            service.close();
        }
    }

    private static List<TappedRequest> drained(TapSession tap, int count) {
        var all = new ArrayList<TappedRequest>();
        assertTrue(
                Loops.soon(() -> {
                    tap.drain(all::add);
                    return all.size() >= count;
                }),
                () -> "only " + all);
        return all;
    }

    private static TapOrder filtered(TapFilter filter) {
        return TapOrder.USUAL.withFilter(filter);
    }

    @Test
    void aBatchedRequestIsShownWithItsStagesItsBatchAndItsSendParts() throws IOException {
        try (var mesh = new Pair(Configs.fixed(Duration.ofMillis(80)));
                var tap = mesh.tap(TapOrder.USUAL);
                var one = new RawClient(mesh.front.outboundAddress());
                var two = new RawClient(mesh.front.outboundAddress())) {
            one.send("GET /a?user=7&flag HTTP/1.1\r\nHost: back\r\nAuthorization: x\r\n\r\n");
            two.send("POST /b HTTP/1.1\r\nHost: back\r\nContent-Length: 0\r\n\r\n");
            one.read(false);
            two.read(false);
            var seen = drained(tap, 2);
            for (var request : seen) {
                var times = request.times();
                var sum = times.stages().values().stream().reduce(Duration.ZERO, Duration::plus);
                assertEquals(times.whole(), sum, "the stages abut");
                assertTrue(times.of(Stage.COLLECT).toMillis() >= 40, times.toString());
                assertEquals(SendPart.values().length, times.send().size());
                assertEquals(
                        times.of(Stage.SEND),
                        times.send().values().stream().reduce(Duration.ZERO, Duration::plus));
                assertEquals("batched", request.answer().way());
                assertEquals(200, request.answer().code());
                var batch = present(request.batch());
                assertEquals(2, batch.items());
                assertEquals(FlushReason.LINGER, batch.reason());
                assertEquals("front->back", request.went().link());
                assertEquals("default", request.went().route());
                assertEquals("v1", request.went().subset());
                assertEquals(Loops.address(mesh.back), request.went().endpoint());
                assertEquals(Map.of(), request.asked().headers());
            }
            assertEquals(present(seen.get(0).batch()).id(), present(seen.get(1).batch()).id());
            var get = seen.stream().filter(r -> r.asked().method().equals("GET")).toList();
            assertEquals("/a", get.getFirst().asked().path());
            assertEquals("user=*&*", get.getFirst().asked().query());
        }
    }

    private static <T> T present(@Nullable T value) {
        assertNotNull(value);
        return value;
    }

    @Test
    void aFilterLetsThroughWhatMatchesInEveryRespect() throws IOException {
        var five = CodeRange.parse("5xx");
        var filter =
                new TapFilter(
                        "front->back",
                        "default",
                        "GET",
                        "/bad",
                        five,
                        Duration.ZERO,
                        Map.of("x-tenant", "blue"));
        try (var mesh = new Pair(Configs.off());
                var tap = mesh.tap(filtered(filter));
                var slow =
                        mesh.tap(
                                filtered(
                                        new TapFilter(
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                Duration.ofSeconds(5),
                                                Map.of())));
                var other = mesh.tap(filtered(TapFilter.ALL.withLink("front->other")))) {
            mesh.ask("GET /bad/1 HTTP/1.1\r\nHost: back\r\nX-Tenant: red\r\n\r\n");
            mesh.ask("GET /good HTTP/1.1\r\nHost: back\r\nX-Tenant: blue\r\n\r\n");
            mesh.ask(
                    "POST /bad/2 HTTP/1.1\r\nHost: back\r\nX-Tenant: blue\r\n"
                            + "Content-Length: 0\r\n\r\n");
            mesh.ask("GET /bad/3 HTTP/1.1\r\nHost: back\r\nX-Tenant: blue\r\n\r\n");
            var seen = drained(tap, 1);
            assertEquals(1, seen.size());
            assertEquals("/bad/3", seen.getFirst().asked().path());
            assertEquals("plain", seen.getFirst().answer().way());
            assertEquals(500, seen.getFirst().answer().code());
            assertEquals(1, tap.counts().matched());
            assertEquals(0, slow.counts().matched());
            assertEquals(0, other.counts().matched());
        }
    }

    @Test
    void valuesOfHeadersAndQueriesAreShownOnlyWhenAskedForAndCredentialsNever() throws IOException {
        var order =
                new TapOrder(
                        TapFilter.ALL,
                        List.of("x-tenant"),
                        true,
                        TapOrder.Pace.USUAL,
                        Duration.ofSeconds(60));
        try (var mesh = new Pair(Configs.off());
                var tap = mesh.tap(order)) {
            mesh.ask(
                    "GET /a?user=7&access_token=s3cret&%74oken=s3cret HTTP/1.1\r\nHost: back\r\n"
                            + "X-Tenant: blue\r\nCookie: s3cret\r\n\r\n");
            var asked = drained(tap, 1).getFirst().asked();
            assertEquals("user=7&access_token=*&%74oken=*", asked.query());
            assertEquals(Map.of("x-tenant", "blue"), asked.headers());
        }
    }

    @Test
    void beyondItsRateAndBeyondItsRingRequestsAreCountedAndForgotten() throws IOException {
        var slow =
                new TapOrder(
                        TapFilter.ALL,
                        List.of(),
                        false,
                        new TapOrder.Pace(1, 100),
                        Duration.ofSeconds(60));
        var fast =
                new TapOrder(
                        TapFilter.ALL,
                        List.of(),
                        false,
                        new TapOrder.Pace(100, 100),
                        Duration.ofSeconds(60));
        try (var mesh = new Pair(Configs.off());
                var limited = mesh.tap(slow);
                var unread = mesh.tap(fast);
                var client = new RawClient(mesh.front.outboundAddress())) {
            for (int i = 0; i < 10; i++) {
                client.ask("GET /" + i + " HTTP/1.1\r\nHost: back\r\n\r\n");
            }
            assertTrue(Loops.soon(() -> limited.counts().matched() == 10));
            assertTrue(limited.counts().limited() >= 8, limited.counts().toString());
            long sent = 10;
            while (unread.counts().dropped() == 0 && sent < 5_000) {
                client.ask("GET /more HTTP/1.1\r\nHost: back\r\n\r\n");
                sent++;
            }
            assertTrue(unread.counts().dropped() > 0, unread.counts().toString());
            var kept = new ArrayList<TappedRequest>();
            unread.drain(kept::add);
            var counts = unread.counts();
            assertEquals(
                    counts.matched(), kept.size() + counts.limited() + counts.dropped(), "all");
        }
    }

    @Test
    void onlySoManyAreOpenAtATimeAndAClosedOneMakesRoom() throws IOException {
        try (var mesh = new Pair(Configs.off())) {
            var all = new ArrayList<TapSession>();
            for (int i = 0; i < Taps.MOST; i++) {
                all.add(mesh.tap(TapOrder.USUAL));
            }
            assertInstanceOf(TapStart.TooMany.class, mesh.front.tap(TapOrder.USUAL));
            all.getFirst().close();
            all.getFirst().close();
            assertTrue(
                    Loops.soon(() ->
                            mesh.front.tap(TapOrder.USUAL) instanceof TapStart.Open(var next)
                                    && all.add(next)));
            assertInstanceOf(TapStart.TooMany.class, mesh.front.tap(TapOrder.USUAL));
            mesh.get("/a");
            assertEquals(1, drained(all.getLast(), 1).size());
            all.forEach(TapSession::close);
        }
    }

    @Test
    void aTracedRequestIsShownWithItsTrace() throws IOException {
        try (var mesh = new Pair(Configs.off());
                var collector = new Collector()) {
            var link = Loops.to(mesh.back, Configs.off());
            var tracing = new Tracing(collector.endpoint(), 100);
            try (var front =
                    Sidecar.start(Configs.caller(link).withTracing(tracing), Loops.PARTS)) {
                var open = assertInstanceOf(TapStart.Open.class, front.tap(TapOrder.USUAL));
                try (var tap = open.session();
                        var client = new RawClient(front.outboundAddress())) {
                    client.ask(
                            "GET /a HTTP/1.1\r\nHost: back\r\ntraceparent: "
                                    + "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                                    + "\r\n\r\n");
                    var request = drained(tap, 1).getFirst();
                    var trace = present(request.trace());
                    assertEquals("0af7651916cd43dd8448eb211c80319c", trace.traceId());
                    assertFalse(trace.spanId().isEmpty());
                }
            }
        }
    }

    @Test
    void aRequestThatNoRouteTakesIsShownAsTurnedAway() throws IOException {
        try (var mesh = new Pair(Configs.off())) {
            var link = Loops.to(mesh.back, Configs.off());
            var match =
                    new RouteMatch(new TextMatch.Prefix("/only"), List.of(), Map.of(), Map.of());
            var route = new Route("only", match, Map.of("v1", 1), null, null, null, null);
            var narrow =
                    new LinkConfig(
                            link.link(),
                            link.host(),
                            List.of(route),
                            link.subsets(),
                            link.resilience(),
                            link.batch());
            try (var front = Loops.front(narrow);
                    var tap =
                            assertInstanceOf(TapStart.Open.class, front.tap(TapOrder.USUAL))
                                    .session();
                    var client = new RawClient(front.outboundAddress())) {
                assertEquals(404, client.ask("GET /x HTTP/1.1\r\nHost: back\r\n\r\n").status());
                var request = drained(tap, 1).getFirst();
                assertEquals(404, request.answer().code());
                assertEquals("none", request.went().route());
                assertNull(request.went().endpoint());
            }
        }
    }

    @Test
    void aRequestAllocatesNothingForTapsWhileNoneIsOpen() {
        var taps = new Taps(new Lane(Loops.GROUP, Loops.PARTS.clocks()));
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/a?b=c");
        var threads = assertInstanceOf(ThreadMXBean.class, ManagementFactory.getThreadMXBean());
        int seen = 0;
        long before = 0;
        for (int i = 0; i < 300_000; i++) {
            if (i == 100_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            seen += taps.arrived("front->back", "default", head) == null ? 0 : 1;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(0, seen);
        assertTrue(allocated < 20_000, () -> allocated + " bytes for 200,000 requests");
    }
}
