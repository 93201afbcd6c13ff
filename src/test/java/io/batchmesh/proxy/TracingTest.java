package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Tracing;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spans of requests and batches, as a strict collector gets them. */
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    private static FullHttpResponse seen(FullHttpRequest request) {
        return StandInService.text(
                request.uri().startsWith("/bad") ? 500 : 200,
                request.headers().getAll("traceparent")
                        + " "
                        + request.headers().get("tracestate"));
    }

    /** Two sidecars that tell a collector. */
    private static final class Traced implements AutoCloseable {
        private final Collector collector = new Collector();
        private final StandInService service = new StandInService(Loops.GROUP, (c, r) -> seen(r));
        private final Sidecar back;
        private final Sidecar front;

        Traced(BatchWindow window, double sampling) throws IOException {
            var tracing = new Tracing(collector.endpoint(), sampling);
            back =
                    Sidecar.start(
                            Configs.called(service.address()).withTracing(tracing), Loops.PARTS);
            var config = Configs.caller(Loops.to(back, window));
            front = Sidecar.start(config.withTracing(tracing), Loops.PARTS);
        }

        String ask(String target, String headers) throws IOException {
            try (var client = new RawClient(front.outboundAddress())) {
                var text = "GET " + target + " HTTP/1.1\r\nHost: back\r\n" + headers + "\r\n";
                return client.ask(text).body();
            }
        }

        List<Collector.Received> spans(int count) {
            assertTrue(
                    Loops.soon(() -> collector.spans().size() >= count),
                    () -> "only " + collector.spans());
            assertEquals(List.of(), collector.complaints());
            return collector.spans();
        }

        @Override
        public void close() {
            front.close();
            back.close();
            service.close();
            collector.close();
        }
    }

    private static Collector.Received only(List<Collector.Received> all, int kind) {
        var found = all.stream().filter(s -> s.kind() == kind).toList();
        assertEquals(1, found.size(), all.toString());
        return found.getFirst();
    }

    @Test
    void aTraceGoesThroughBothSidecarsToTheService() throws IOException {
        try (var mesh = new Traced(Configs.off(), 0)) {
            var said =
                    mesh.ask("/a?secret=1", "traceparent: " + PARENT + "\r\ntracestate: x=1\r\n");
            var spans = mesh.spans(2);
            var client = only(spans, 3);
            var server = only(spans, 2);
            assertEquals(TRACE, client.text("traceId"));
            assertEquals("b7ad6b7169203331", client.text("parentSpanId"));
            assertEquals(TRACE, server.text("traceId"));
            assertEquals(client.text("spanId"), server.text("parentSpanId"));
            assertEquals("[00-" + TRACE + "-" + server.text("spanId") + "-01] x=1", said);
            assertEquals("front", client.service());
            assertEquals("back", server.service());
            var path = client.attribute("url.path");
            assertEquals("/a", path == null ? "" : path.get("stringValue").asString());
            var code = client.attribute("http.response.status_code");
            assertEquals("200", code == null ? "" : code.get("intValue").asString());
        }
    }

    @Test
    void aBatchIsLinkedWithItsItemsAndTheyWithIt() throws IOException {
        try (var mesh = new Traced(Configs.fixed(Duration.ofMillis(300)), 100);
                var one = new RawClient(mesh.front.outboundAddress());
                var two = new RawClient(mesh.front.outboundAddress());
                var three = new RawClient(mesh.front.outboundAddress())) {
            for (var client : List.of(one, two, three)) {
                client.send("GET /bad HTTP/1.1\r\nHost: back\r\n\r\n");
            }
            for (var client : List.of(one, two, three)) {
                assertEquals(500, client.read(false).status());
            }
            var spans = mesh.spans(7);
            assertEquals(7, spans.size(), spans.toString());
            var batch = only(spans, 4);
            assertEquals(3, batch.links().size());
            var items = batch.attribute("batchmesh.batch.items");
            assertEquals("3", items == null ? "" : items.get("intValue").asString());
            var byId = new HashMap<String, Collector.Received>();
            spans.forEach(s -> byId.put(s.id(), s));
            for (var link : batch.links()) {
                var item = byId.get(link);
                assertNotNull(item, link);
                assertEquals(3, item.kind());
                assertEquals(List.of(batch.id()), item.links());
                assertEquals("2", item.json().path("status").path("code").toString());
                assertNotEquals(batch.text("traceId"), item.text("traceId"));
                var collect = item.attribute("batchmesh.stage.collect");
                assertTrue(
                        collect != null && collect.get("doubleValue").doubleValue() > 0.1,
                        "waited in the window: " + collect);
            }
        }
    }

    @Test
    void whatTheCallerDecidedHoldsAndWhatIsNotTracedGoesOnAsItCame() throws IOException {
        try (var mesh = new Traced(BatchWindow.DEFAULT, 100)) {
            var not = "00-" + TRACE + "-b7ad6b7169203331-00";
            assertEquals(
                    "[" + not + "] x=1",
                    mesh.ask("/a", "traceparent: " + not + "\r\ntracestate: x=1\r\n"));
            // A malformed one is no decision: a trace begins, and its state is not this one's.
            var fresh = mesh.ask("/b", "traceparent: 00-xyz\r\ntracestate: x=1\r\n");
            assertTrue(fresh.matches("\\[00-[0-9a-f]{32}-[0-9a-f]{16}-01\\] null"), fresh);
            assertEquals(3, mesh.spans(3).size(), "nothing of the first");
        }
        try (var mesh = new Traced(BatchWindow.DEFAULT, 0)) {
            assertEquals("[] null", mesh.ask("/a", ""));
        }
    }

    @Test
    void withoutTracingTheHeadersPassUntouched() throws IOException {
        try (var mesh = new Traced(BatchWindow.DEFAULT, 100)) {
            var off = mesh.front.config().withTracing(null);
            assertEquals(List.of(), mesh.front.apply(off, ConfigVersion.of(off), null));
            var none = mesh.back.config().withTracing(null);
            assertEquals(List.of(), mesh.back.apply(none, ConfigVersion.of(none), null));
            var odd = "traceparent: nonsense\r\ntraceparent: twice\r\ntracestate: a=1,b=2\r\n";
            assertEquals("[nonsense, twice] a=1,b=2", mesh.ask("/a", odd));
        }
    }

    @Test
    void aCollectorThatIsBusyIsToldAgainAndOneThatRefusesIsNot() throws IOException {
        try (var mesh = new Traced(Configs.off(), 100)) {
            mesh.collector.answers(503);
            mesh.ask("/a", "");
            assertTrue(Loops.soon(() -> mesh.collector.posts() >= 2));
            mesh.collector.answers(200);
            assertEquals(2, mesh.spans(2).size());
            mesh.collector.answers(400);
            mesh.ask("/b", "");
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(mesh.front.metrics())
                                            .value("batchmesh_trace_spans", "result", "failed")
                                    == 1));
            assertEquals(
                    1,
                    Scraped.of(mesh.front.metrics())
                            .value("batchmesh_trace_spans", "result", "exported"));
        }
    }

    @Test
    void aCollectorThatIsMuteCostsSpansAndNoRequests() throws Exception {
        try (var mesh = new Traced(Configs.off(), 100)) {
            mesh.collector.answers(0);
            var load =
                    new LoadClient(
                            Loops.GROUP, mesh.front.outboundAddress(), HttpMethod.GET, 6_000);
            load.start(16);
            assertTrue(load.await(60), load.toString());
            assertEquals(6_000, load.count(200), load.toString());
            var dropped =
                    Scraped.of(mesh.front.metrics())
                            .value("batchmesh_trace_spans", "result", "dropped");
            assertTrue(dropped >= 6_000 - 4_096 - 128 - 16, "dropped " + dropped);
        }
    }

    @Test
    void aCollectorThatCannotBeIsRefused() {
        for (var endpoint : List.of("ftp://x/v1", "x", "http://", "http://u:p@h/", "http://h:x/")) {
            ProxyConfig config = Configs.caller().withTracing(new Tracing(endpoint, 100));
            var text =
                    io.batchmesh.json.JsonText.canonical(
                            io.batchmesh.config.ConfigJson.write(config));
            assertTrue(
                    io.batchmesh.config.ConfigJson.read(text)
                            instanceof io.batchmesh.config.ConfigResult.Invalid,
                    endpoint);
        }
    }

    @Test
    void theLatencyOfATracedRequestSaysItsTrace() throws IOException {
        try (var mesh = new Traced(Configs.off(), 0)) {
            mesh.ask("/a", "");
            mesh.ask("/a", "traceparent: " + PARENT + "\r\n");
            var client = only(mesh.spans(2), 3);
            var out = new ByteArrayOutputStream();
            new OpenMetricsTextFormatWriter(false, false).write(out, mesh.front.metrics().scrape());
            var text = out.toString(StandardCharsets.UTF_8);
            var exemplar =
                    text.lines()
                            .filter(l -> l.startsWith("batchmesh_request_duration_seconds_bucket"))
                            .filter(l -> l.contains(" # {"))
                            .toList();
            assertEquals(1, exemplar.size(), text);
            assertTrue(
                    exemplar.getFirst().contains("trace_id=\"" + TRACE + "\""), exemplar::toString);
            var span = "span_id=\"" + client.text("spanId") + "\"";
            assertTrue(exemplar.getFirst().contains(span), exemplar::toString);
        }
    }
}
