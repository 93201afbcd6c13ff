package io.batchmesh.observe;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.observe.PrometheusAnswer.Row;
import io.batchmesh.observe.PrometheusRound.Broken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The proxies that a Prometheus server knows of and cannot scrape: their series end at once, and
 * without this they would vanish. For one thread.
 */
final class PrometheusDown {
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST = 5_000;
    private static final String WHY = "Prometheus cannot scrape it: its 'up' is 0";

    private final PrometheusApi api;
    private final ServiceNames names;
    private final Map<Target, Named> known = new LinkedHashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();
    private List<Named> down = List.of();

    /** A target of a scrape. */
    private record Target(String job, String instance) {}

    private record Named(String proxy, String service) {}

    PrometheusDown(PrometheusApi api, ServiceNames names) {
        this.api = api;
        this.names = names;
    }

    /** Finds out which proxies there were within the last hour; from time to time. */
    void look(List<Dialect> dialects, Instant server) throws Broken {
        known.clear();
        for (var dialect : dialects) {
            if (dialect.proxies().isEmpty()) {
                continue;
            }
            var range = "[" + REMEMBERED.toMillis() + "ms]";
            var query = "last_over_time(" + dialect.proxies() + range + ")";
            for (var row : PrometheusRound.rows(dialect.proxies(), api.query(query, server))) {
                if (known.size() < MOST && !row.label("instance").isEmpty()) {
                    known.putIfAbsent(target(row), named(row));
                }
            }
        }
    }

    private static Target target(Row row) {
        return new Target(row.label("job"), row.label("instance"));
    }

    private Named named(Row row) {
        return new Named(
                PrometheusRound.first(row, "proxy", "pod", "instance"),
                PrometheusRound.service(row, names));
    }

    /** Asks which of them cannot be scraped now. */
    void ask(Instant server) throws Broken {
        down = List.of();
        if (known.isEmpty()) {
            return;
        }
        var jobs = new TreeSet<String>();
        known.keySet().forEach(target -> jobs.add(quoted(target.job())));
        var query = "up{job=~\"" + String.join("|", jobs) + "\"} == 0";
        var found = new ArrayList<Named>();
        for (var row : PrometheusRound.rows("up", api.query(query, server))) {
            var named = known.get(target(row));
            if (named != null) {
                found.add(named);
            }
        }
        down = List.copyOf(found);
    }

    /** As a regular expression; what is not plain stands for any, and is told apart later. */
    private static String quoted(String text) {
        return text.replaceAll("[^A-Za-z0-9_ /:-]", ".");
    }

    /** The snapshot with those that are down beside those that answer. */
    MeshSnapshot with(MeshSnapshot snapshot) {
        snapshot.proxies().values().stream()
                .filter(p -> p.state() == ProxyState.LIVE)
                .forEach(remember(snapshot.at()));
        if (down.isEmpty()) {
            return snapshot;
        }
        var proxies = new TreeMap<>(snapshot.proxies());
        for (var one : down) {
            proxies.put(
                    one.proxy(),
                    new ProxyMetrics(
                            one.proxy(),
                            one.service(),
                            ProxyState.UNREACHABLE,
                            seen.get(one.proxy()),
                            WHY,
                            null,
                            null,
                            Map.of()));
        }
        return new MeshSnapshot(
                snapshot.at(), snapshot.links(), snapshot.services(), proxies, snapshot.cost());
    }

    private Consumer<ProxyMetrics> remember(Instant at) {
        return proxy -> {
            if (seen.size() < MOST || seen.containsKey(proxy.proxy())) {
                seen.put(proxy.proxy(), at);
            }
        };
    }
}
