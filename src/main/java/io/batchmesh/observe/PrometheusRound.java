package io.batchmesh.observe;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.SeriesName;
import io.batchmesh.observe.PrometheusAnswer.Failed;
import io.batchmesh.observe.PrometheusAnswer.Row;
import io.batchmesh.observe.PrometheusAnswer.Rows;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * One round of questions to a Prometheus server: about a moment, or about a stretch of the past.
 * The first answer that fails ends it.
 */
final class PrometheusRound {
    private static final URI NOWHERE = URI.create("http://unknown.invalid/");
    private static final List<String> WHO =
            List.of("proxy", "pod", "instance", "service", "app", "job");

    private final PrometheusApi api;
    private final ServiceNames names;
    private final Map<Dialect, Duration> spoken;

    /**
     * @param spoken the dialects to ask about, each with the window of its rates
     */
    PrometheusRound(PrometheusApi api, ServiceNames names, Map<Dialect, Duration> spoken) {
        this.api = api;
        this.names = names;
        this.spoken = spoken;
    }

    /** The round cannot go on. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Failed failed;

        Broken(String about, Failed failed) {
            super(about.isEmpty() ? failed.reason() : about + ": " + failed.reason());
            this.failed = failed;
        }

        PrometheusAnswer.Fault fault() {
            return failed.fault();
        }
    }

    /** The rows of an answer. */
    static List<Row> rows(String about, PrometheusAnswer answer) throws Broken {
        return switch (answer) {
            case Rows(var rows) -> rows;
            case Failed failed -> throw new Broken(about, failed);
        };
    }

    /**
     * What is to be seen at a moment.
     *
     * @param server the moment by the clock of the server
     * @param at the same moment by ours
     */
    MeshSnapshot now(Instant server, Instant at) throws Broken {
        var rates = ask((query, question) -> api.query(query, server));
        var links = new TreeMap<String, LinkMetrics>();
        rates.forEach((dialect, of) -> {
            if (!of.moments().isEmpty()) {
                links(of.at(of.moments().last()), at).forEach(links::putIfAbsent);
            }
        });
        var proxies = new TreeMap<String, ProxyMetrics>();
        var cost = new EnumMap<Activity, Double>(Activity.class);
        for (var proxy : proxies(server, at)) {
            proxies.put(proxy.proxy(), proxy);
            proxy.cpuCores().forEach((activity, cores) -> cost.merge(activity, cores, Double::sum));
        }
        return new MeshSnapshot(at, links, CalledServices.of(links), proxies, cost);
    }

    /**
     * What was to be seen, oldest first.
     *
     * @param behind how far the clock of the server is behind ours
     */
    List<MeshSnapshot> past(Instant from, Instant to, Duration step, Duration behind)
            throws Broken {
        var rates = ask((query, question) -> api.range(query, from, to, step));
        var moments = new TreeSet<Long>();
        rates.values().forEach(of -> moments.addAll(of.moments()));
        var past = new ArrayList<MeshSnapshot>();
        for (var moment : moments) {
            var at = Instant.ofEpochMilli(moment).plus(behind);
            var links = new TreeMap<String, LinkMetrics>();
            rates.forEach((dialect, of) -> links(of.at(moment), at).forEach(links::putIfAbsent));
            past.add(new MeshSnapshot(at, links, CalledServices.of(links), Map.of(), Map.of()));
        }
        return past;
    }

    private Map<Dialect, PrometheusRates> ask(BiFunction<String, Question, PrometheusAnswer> asked)
            throws Broken {
        var rates = new LinkedHashMap<Dialect, PrometheusRates>();
        for (var entry : spoken.entrySet()) {
            var dialect = entry.getKey();
            var window = entry.getValue();
            var of = new PrometheusRates(dialect, names, window.toMillis() / 1e3);
            for (var question : dialect.questions()) {
                for (var query : question.queries(window)) {
                    of.add(question, rows(question.metric(), asked.apply(query, question)));
                }
            }
            rates.put(dialect, of);
        }
        return rates;
    }

    private static Map<String, LinkMetrics> links(TargetRates rates, Instant at) {
        var sums = new Sums();
        var target = new ScrapeTarget("", "", NOWHERE);
        sums.add(new TargetView(target, ProxyState.LIVE, at, null, rates));
        return sums.links();
    }

    /** The proxies that expose what was asked for. */
    private List<ProxyMetrics> proxies(Instant server, Instant at) throws Broken {
        var views = new TreeMap<String, TargetView>();
        for (var entry : spoken.entrySet()) {
            var dialect = entry.getKey();
            if (dialect.proxies().isEmpty()) {
                continue;
            }
            var cores = cores(dialect, entry.getValue(), server);
            var query = dialect.proxies();
            for (var row : rows(query, api.query(query, server))) {
                var name = first(row, "proxy", "pod", "instance");
                var gauge = new TargetRates.Value(new SeriesName(query, row.labels()), row.value());
                var rates =
                        new TargetRates(
                                cores.getOrDefault(name, List.of()), List.of(gauge), List.of(), 0);
                var target = new ScrapeTarget(name, service(row, names), NOWHERE);
                views.putIfAbsent(name, new TargetView(target, ProxyState.LIVE, at, null, rates));
            }
        }
        return views.values().stream().map(ProxyReading::of).toList();
    }

    /** The service that a proxy belongs to, by the labels of whoever scrapes it. */
    static String service(Row row, ServiceNames names) {
        var scene = new Dialect.Scene("", names);
        return scene.service(
                row.labels(), Dialect.blankToNull(row.label("namespace")), "service", "app", "job");
    }

    /** Processor time of each proxy of our own. */
    private Map<String, List<TargetRates.Value>> cores(
            Dialect dialect, Duration window, Instant server) throws Broken {
        if (dialect != Dialects.OWN) {
            return Map.of();
        }
        var labels = String.join(", ", WHO) + ", activity";
        var metric = "batchmesh_cpu_seconds_total";
        var query = "sum by (%s) (rate(%s[%dms]))".formatted(labels, metric, window.toMillis());
        var cores = new TreeMap<String, List<TargetRates.Value>>();
        for (var row : rows(metric, api.query(query, server))) {
            cores.computeIfAbsent(first(row, "proxy", "pod", "instance"), k -> new ArrayList<>())
                    .add(new TargetRates.Value(new SeriesName(metric, row.labels()), row.value()));
        }
        return cores;
    }

    static String first(Row row, String... labels) {
        for (var label : labels) {
            if (!row.label(label).isEmpty()) {
                return row.label(label);
            }
        }
        return "unnamed";
    }
}
