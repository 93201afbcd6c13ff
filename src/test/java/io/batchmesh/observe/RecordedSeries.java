package io.batchmesh.observe;

import io.batchmesh.metrics.Exposition;
import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.Points;
import io.batchmesh.metrics.SeriesName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Scrapes of a real program, in the order in which they were made. */
record RecordedSeries(List<Scraped> scrapes) {
    /** All that there are. */
    static final List<String> NAMES = List.of("envoy", "haproxy", "prometheus");

    /** A text and when it was read. */
    record Scraped(long millis, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    static RecordedSeries of(String name) {
        var resource = "recorded/" + name + ".txt.gz";
        try (var in = new GZIPInputStream(open(resource))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var scrapes = new ArrayList<Scraped>();
            for (var part : text.split("(?m)^## at ")) {
                var end = part.indexOf('\n');
                if (end > 0) {
                    scrapes.add(
                            new Scraped(
                                    Long.parseLong(part.substring(0, end)),
                                    part.substring(end + 1)));
                }
            }
            return new RecordedSeries(List.copyOf(scrapes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static java.io.InputStream open(String resource) {
        return Objects.requireNonNull(RecordedSeries.class.getResourceAsStream(resource), resource);
    }

    long first() {
        return scrapes.getFirst().millis();
    }

    long last() {
        return scrapes.getLast().millis();
    }

    /** The samples by series, as the reader for people sees them. */
    Map<SeriesName, Points> series() {
        var series = new LinkedHashMap<SeriesName, Points>();
        for (var scrape : scrapes) {
            var read =
                    Exposition.parse(
                            scrape.bytes(), ExpositionFormat.PROMETHEUS, ExpositionLimits.DEFAULT);
            for (var family : ((Exposition) read).families()) {
                for (var sample : family.samples()) {
                    series.computeIfAbsent(
                                    new SeriesName(sample.name(), sample.labels()),
                                    key -> new Points())
                            .add(scrape.millis() * 1_000_000, sample.value());
                }
            }
        }
        return series;
    }

    /** The samples as OpenMetrics with their times, for a server. */
    String openMetrics() {
        var byMetric = new TreeMap<String, StringBuilder>();
        series().forEach((name, points) -> {
            var text =
                    byMetric.computeIfAbsent(
                            name.metric(), m -> new StringBuilder("# TYPE " + m + " unknown\n"));
            for (var i = 0; i < points.size(); i++) {
                var millis = points.nanos(i) / 1_000_000;
                var value = Double.toString(points.value(i)).replace("Infinity", "Inf");
                text.append(name.metric())
                        .append(labels(name))
                        .append(' ')
                        .append(value)
                        .append(" %d.%03d\n".formatted(millis / 1000, millis % 1000));
            }
        });
        return String.join("", byMetric.values()) + "# EOF\n";
    }

    private static String labels(SeriesName name) {
        var labels = new StringJoiner(",", "{", "}");
        name.labels()
                .forEach((label, value) -> {
                    var escaped =
                            value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
                    labels.add(label + "=\"" + escaped + "\"");
                });
        return labels.toString();
    }

    /** Lines that are samples. */
    static long samples(Scraped scrape) {
        return Arrays.stream(scrape.text().split("\n"))
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .count();
    }
}
