package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.metrics.PrometheusServer;
import io.batchmesh.metrics.PrometheusVersion;
import io.batchmesh.metrics.RangeWindow;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded scrapes of real proxies in a real Prometheus server: every rate of every series agrees,
 * and so does what the other tests expect of the recordings.
 */
@Tag("needs-prometheus")
class RecordedSeriesAgreementTest {
    @TempDir private Path folder;

    @Test
    void aServerComputesTheSameRatesAndWhatIsExpectedOfTheRecordings() throws Exception {
        var expected = JsonMapper.shared().readTree(RecordedSeries.open("recorded/expected.json"));
        for (var name : RecordedSeries.NAMES) {
            var recorded = RecordedSeries.of(name);
            var own = java.nio.file.Files.createDirectory(folder.resolve(name));
            try (var server = PrometheusServer.on(recorded.openMetrics(), own)) {
                var version = PrometheusVersion.of(server.version());
                assertTrue(allRatesAgree(recorded, server, version) > 100, name);
                var computed = new TreeMap<String, Double>();
                for (var query : RecordedSeriesTest.queries(name, recorded).entrySet()) {
                    var result = server.query(query.getValue(), recorded.last() / 1e3);
                    assertEquals(1, result.size(), query.getValue());
                    computed.put(query.getKey(), number(result.get(0)));
                }
                assertEquals(numbers(expected.get(name)), computed, () -> json(computed));
            }
        }
    }

    private static String json(Map<String, Double> numbers) {
        return JsonText.pretty(
                ObjectWriter.object(o -> numbers.forEach((k, v) -> o.put(k, v.doubleValue()))));
    }

    private static Map<String, Double> numbers(JsonNode node) {
        var numbers = new TreeMap<String, Double>();
        node.propertyStream().forEach(e -> numbers.put(e.getKey(), e.getValue().asDouble()));
        return numbers;
    }

    private static long allRatesAgree(
            RecordedSeries recorded, PrometheusServer server, PrometheusVersion version)
            throws Exception {
        var length = recorded.last() - recorded.first() - 700;
        var window = RangeWindow.upTo(version, recorded.last() * 1_000_000, length * 1_000_000);
        var checked = 0L;
        var byMetric = new TreeMap<String, Map<Map<String, String>, Double>>();
        recorded.series()
                .forEach((name, points) -> {
                    var rate = window.rate(points);
                    if (!Double.isNaN(rate)) {
                        byMetric.computeIfAbsent(name.metric(), m -> new java.util.HashMap<>())
                                .put(name.labels(), rate);
                    }
                });
        for (var metric : byMetric.entrySet()) {
            var query = "rate(" + metric.getKey() + "[" + length + "ms])";
            var theirs = new java.util.HashMap<Map<String, String>, Double>();
            for (var series : server.query(query, recorded.last() / 1e3)) {
                var labels = new java.util.HashMap<String, String>();
                series.get("metric")
                        .propertyStream()
                        .forEach(e -> labels.put(e.getKey(), e.getValue().asString()));
                theirs.put(labels, number(series));
            }
            theirs.values().removeIf(v -> v.isNaN());
            metric.getValue().values().removeIf(v -> v.isNaN());
            assertEquals(theirs, metric.getValue(), query);
            checked += theirs.size();
        }
        return checked;
    }

    private static double number(JsonNode series) {
        return Double.parseDouble(series.at("/value/1").asString().replace("Inf", "Infinity"));
    }
}
