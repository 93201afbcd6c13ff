package io.batchmesh.metrics.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * An exposition such as an Envoy of 77 clusters writes it: some 8,000 series, counters, gauges and
 * three histograms of 20 buckets; two scrapes differ in two thirds of their lines.
 */
final class EnvoyText {
    private static final int CLUSTERS = 77;
    private static final int ROUTES = 1_008;
    private static final List<String> COUNTERS =
            List.of(
                    "rq_total",
                    "rq_completed",
                    "cx_total",
                    "cx_rx_bytes_total",
                    "cx_tx_bytes_total",
                    "rq_retry",
                    "rq_timeout",
                    "rq_pending_total",
                    "rq_maintenance_mode",
                    "rq_cancelled",
                    "rq_per_try_timeout",
                    "cx_connect_fail",
                    "cx_destroy",
                    "cx_http1_total",
                    "cx_http2_total",
                    "cx_idle_timeout",
                    "cx_protocol_error",
                    "flow_control_paused_reading_total");
    private static final List<String> GAUGES =
            List.of(
                    "cx_active",
                    "rq_active",
                    "rq_pending_active",
                    "cx_rx_bytes_buffered",
                    "cx_tx_bytes_buffered",
                    "members",
                    "members_healthy");
    private static final List<String> HISTOGRAMS =
            List.of("rq_time", "cx_length_ms", "cx_connect_ms");
    private static final List<String> BOUNDS =
            Arrays.asList(
                    "0.5,1,5,10,25,50,100,250,500,1000,2500,5000,10000,30000,60000,300000,600000,"
                            .concat("1.8e+06,3.6e+06,+Inf")
                            .split(",", -1));

    private final StringBuilder text = new StringBuilder(1_300_000);
    private final SplittableRandom random;

    private EnvoyText(long seed) {
        random = new SplittableRandom(seed);
    }

    /** One scrape; the order of its lines is always the same. */
    static byte[] scrape(long seed) {
        var made = new EnvoyText(seed);
        COUNTERS.forEach(name -> made.plain(name, "counter", 1L << 33));
        GAUGES.forEach(name -> made.plain(name, "gauge", 100));
        HISTOGRAMS.forEach(made::histogram);
        made.routes();
        return made.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same with the series of each family turned around by a third, and the families too. */
    static byte[] turned(byte[] scrape) {
        var families = new ArrayList<List<String>>();
        for (var line : lines(scrape)) {
            if (line.startsWith("#")) {
                families.add(new ArrayList<>());
            }
            families.getLast().add(line);
        }
        Collections.rotate(families, families.size() / 3);
        for (var family : families) {
            var series = family.subList(1, family.size());
            Collections.rotate(series, series.size() / 3 / 22 * 22);
        }
        return text(families.stream().flatMap(List::stream).toList());
    }

    /** The same with its lines in any order at all, which no target does. */
    static byte[] shuffled(byte[] scrape, long seed) {
        var lines = new ArrayList<>(lines(scrape));
        Collections.shuffle(lines, new Random(seed));
        return text(lines);
    }

    /** The same as OpenMetrics, with timestamps, exemplars, escapes and names in quotes. */
    static byte[] openMetrics(byte[] scrape) {
        var lines = new ArrayList<String>();
        var n = 0;
        for (var line : lines(scrape)) {
            if (line.startsWith("#")) {
                lines.add(line.replace(" counter", " unknown"));
                continue;
            }
            lines.add(
                    switch (n++ % 4) {
                        case 0 -> line + " 1700000000.123";
                        case 1 -> line + " # {trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\"} 0.7";
                        case 2 -> line.replace("prod", "\\\"pröd\\\"");
                        default -> "{\"" + line.replaceFirst("\\{", "\",");
                    });
        }
        lines.add("# EOF");
        return text(lines);
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void plain(String name, String type, long most) {
        text.append("# TYPE envoy_cluster_upstream_").append(name).append(' ').append(type);
        text.append('\n');
        for (var i = 0; i < CLUSTERS; i++) {
            var value = random.nextInt(3) == 0 ? i : random.nextLong(most) >> random.nextInt(20);
            series(name, "", i, "").append(value).append('\n');
        }
    }

    private void histogram(String name) {
        text.append("# TYPE envoy_cluster_upstream_").append(name).append(" histogram\n");
        for (var i = 0; i < CLUSTERS; i++) {
            var count = 0L;
            for (var bound : BOUNDS) {
                count += random.nextInt(1_000);
                series(name, "_bucket", i, ",le=\"" + bound + "\"").append(count).append('\n');
            }
            series(name, "_sum", i, "").append(random.nextInt(1 << 20) / 20.0).append('\n');
            series(name, "_count", i, "").append(count).append('\n');
        }
    }

    private StringBuilder series(String name, String suffix, int cluster, String label) {
        return text.append("envoy_cluster_upstream_")
                .append(name)
                .append(suffix)
                .append("{local_cluster=\"gateway\",envoy_cluster_name=\"outbound_8080_svc-")
                .append(cluster)
                .append("_prod_cluster_local\"")
                .append(label)
                .append("} ");
    }

    private void routes() {
        text.append("# TYPE envoy_http_downstream_rq_xx counter\n");
        for (var i = 0; i < ROUTES; i++) {
            text.append("envoy_http_downstream_rq_xx{envoy_response_code_class=\"")
                    .append(i % 5 + 1)
                    .append("\",envoy_http_conn_manager_prefix=\"inbound_0.0.0.0_")
                    .append(8_000 + i)
                    .append("\"} ")
                    .append(random.nextInt(100_000))
                    .append('\n');
        }
    }
}
