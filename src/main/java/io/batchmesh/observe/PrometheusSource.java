package io.batchmesh.observe;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.observe.PrometheusRound.Broken;
import io.batchmesh.time.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots of what a Prometheus server knows of a mesh: of our own sidecars, Istio, Linkerd,
 * Envoy and HAProxy, whichever it scrapes. The server itself is listed among the proxies where it
 * knows of none, and with the reason where it does not answer or its samples are old; what was seen
 * last is kept then.
 */
public final class PrometheusSource implements SnapshotSource {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusSource.class);
    private static final Duration LOOK_ANEW = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final PrometheusApi api;
    private final PrometheusSettings settings;
    private final ServiceNames names;
    private final Clocks clocks;
    private final ExecutorService executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean closed;
    private boolean started;
    private Consumer<List<MeshSnapshot>> onPast = past -> {};

    private Map<Dialect, Duration> spoken = Map.of();
    private long looked;
    private boolean pastTold;
    private MeshSnapshot last = MeshSnapshot.EMPTY;
    private @Nullable Instant lastSeen;
    private int failures;
    private final PrometheusDown down;
    private long lookedForDown;

    /**
     * Makes one that has not begun.
     *
     * @param names of services, which learn what is seen
     * @param executor runs one task until it is closed; not shut down
     */
    public PrometheusSource(
            PrometheusApi api,
            PrometheusSettings settings,
            ServiceNames names,
            Clocks clocks,
            ExecutorService executor) {
        this.api = api;
        this.settings = settings;
        this.names = names;
        this.clocks = clocks;
        this.executor = executor;
        this.down = new PrometheusDown(api, names);
    }

    /** Who wants the snapshots of the past, once and before all others; before it begins. */
    public void onPast(Consumer<List<MeshSnapshot>> consumer) {
        onPast = consumer;
    }

    @Override
    public void start(Consumer<MeshSnapshot> consumer) {
        lock.lock();
        try {
            if (started || closed) {
                throw new IllegalStateException("started twice, or closed");
            }
            started = true;
        } finally {
            lock.unlock();
        }
        executor.execute(() -> loop(consumer));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The boundary of the loop: whatever goes wrong in one round must not end the next. */
    private void loop(Consumer<MeshSnapshot> consumer) {
        while (!closed) {
            var pause = AFTER_FAILURE;
            try {
                var snapshot = round();
                pause = failures == 0 ? interval() : AFTER_FAILURE;
                if (!closed) {
                    consumer.accept(snapshot);
                }
            } catch (RuntimeException e) {
                LOG.warn("a round of questions failed", e);
            }
            pause(pause);
        }
    }

    /**
     * Asks once, in the thread of the caller, instead of {@link #start}: what is to be seen now, or
     * why nothing is.
     */
    public MeshSnapshot once() {
        return round();
    }

    /** What the server is called among the proxies. */
    public String name() {
        return "prometheus " + api.place();
    }

    /** One round: what is to be seen now, or what was seen last and why there is nothing newer. */
    MeshSnapshot round() {
        try {
            var server = serverTime();
            var at = clocks.now();
            lookForDown(server);
            look(server);
            var behind = Duration.between(server, at);
            tellPast(server, behind);
            var age = age(server);
            var snapshot = down.with(new PrometheusRound(api, names, spoken).now(server, at));
            failures = 0;
            var fresh = age.compareTo(longestWindow().multipliedBy(2)) <= 0;
            lastSeen = fresh ? at : at.minus(age);
            last = snapshot;
            var old =
                    age.compareTo(Duration.ofMinutes(5)) > 0
                            ? "it has no sample of the last five minutes"
                            : "its newest sample is " + age.toSeconds() + " s old";
            return fresh
                    ? with(snapshot, ProxyState.LIVE, null)
                    : with(snapshot, ProxyState.STALE, old);
        } catch (Broken e) {
            failures++;
            var state =
                    switch (e.fault()) {
                        case UNREACHABLE -> ProxyState.UNREACHABLE;
                        case REFUSED, QUERY, TOO_MUCH, UNREADABLE -> ProxyState.UNREADABLE;
                    };
            var nothing =
                    new MeshSnapshot(
                            clocks.now(), last.links(), last.services(), Map.of(), Map.of());
            return with(
                    down.with(nothing),
                    lastSeen != null && failures < 3 ? ProxyState.STALE : state,
                    String.valueOf(e.getMessage()));
        }
    }

    private Instant serverTime() throws Broken {
        var rows = PrometheusRound.rows("", api.query("vector(1)"));
        return rows.isEmpty() || rows.getFirst().points().isEmpty()
                ? clocks.now()
                : Instant.ofEpochMilli(rows.getFirst().points().getLast().millis());
    }

    /** Who may not look at 'up' sees the rest all the same. */
    private void lookForDown(Instant server) {
        try {
            if (lookedForDown == 0
                    || clocks.ticker().since(lookedForDown).compareTo(LOOK_ANEW) > 0) {
                down.look(all(), server);
                lookedForDown = clocks.nanos();
            }
            down.ask(server);
        } catch (Broken e) {
            LOG.debug("which proxies are down is not known: {}", e.getMessage());
        }
    }

    private static List<Dialect> all() {
        return Stream.concat(Stream.of(Dialects.OWN), Dialects.FOREIGN.stream()).toList();
    }

    /** Finds out, from time to time, what the server knows of, and how often it scrapes. */
    private void look(Instant server) throws Broken {
        var old = clocks.ticker().since(looked).compareTo(LOOK_ANEW) > 0;
        if (!spoken.isEmpty() && !old) {
            return;
        }
        var all = all();
        var marks = all.stream().map(Dialect::mark).collect(Collectors.joining("|"));
        var query = "count by (__name__) ({__name__=~\"" + marks + "\"})";
        var known =
                PrometheusRound.rows("", api.query(query, server)).stream()
                        .map(row -> row.label("__name__"))
                        .collect(Collectors.toSet());
        var found = new LinkedHashMap<Dialect, Duration>();
        for (var dialect : all) {
            if (known.contains(dialect.mark())) {
                found.put(dialect, window(dialect, server));
            }
        }
        spoken = found;
        looked = clocks.nanos();
        if (found.isEmpty()) {
            throw new Broken("", nothing(all));
        }
    }

    private static PrometheusAnswer.Failed nothing(List<Dialect> all) {
        var who = all.stream().map(Dialect::label).collect(Collectors.joining(", "));
        return new PrometheusAnswer.Failed(
                PrometheusAnswer.Fault.UNREADABLE, "it has no metrics of any of " + who);
    }

    private Duration window(Dialect dialect, Instant server) throws Broken {
        for (var window : settings.windows()) {
            var query = "max(count_over_time(" + dialect.mark() + "[" + window.toMillis() + "ms]))";
            var rows = PrometheusRound.rows(dialect.mark(), api.query(query, server));
            if (!rows.isEmpty() && rows.getFirst().value() >= 4) {
                return window;
            }
        }
        return settings.windows().getLast();
    }

    private Duration longestWindow() {
        return spoken.values().stream()
                .max(Duration::compareTo)
                .orElse(settings.windows().getFirst());
    }

    private Duration interval() {
        return spoken.values().stream()
                .min(Duration::compareTo)
                .map(settings::interval)
                .orElse(AFTER_FAILURE);
    }

    /** How old the newest sample is. */
    private Duration age(Instant server) throws Broken {
        var newest = Double.NEGATIVE_INFINITY;
        for (var dialect : spoken.keySet()) {
            var query = "max(timestamp(" + dialect.mark() + "))";
            for (var row : PrometheusRound.rows(dialect.mark(), api.query(query, server))) {
                newest = Math.max(newest, row.value());
            }
        }
        var seconds = server.toEpochMilli() / 1e3 - newest;
        return Duration.ofMillis((long) (Math.clamp(seconds, 0, 86_400) * 1000));
    }

    /** Tells of the past once; that it cannot be had is no reason not to go on. */
    private void tellPast(Instant server, Duration behind) {
        if (pastTold || settings.past().isZero()) {
            return;
        }
        pastTold = true;
        try {
            var to = server.minus(settings.step());
            var from = server.minus(settings.past());
            onPast.accept(
                    new PrometheusRound(api, names, spoken)
                            .past(from, to, settings.step(), behind));
        } catch (Broken e) {
            LOG.warn("the past cannot be had from {}: {}", api.place(), e.getMessage());
        }
    }

    private MeshSnapshot with(MeshSnapshot snapshot, ProxyState state, @Nullable String reason) {
        var name = name();
        if (state == ProxyState.LIVE && !snapshot.proxies().isEmpty()) {
            return snapshot;
        }
        var proxies = new TreeMap<>(snapshot.proxies());
        proxies.put(
                name, new ProxyMetrics(name, "", state, lastSeen, reason, null, null, Map.of()));
        return new MeshSnapshot(
                snapshot.at(), snapshot.links(), snapshot.services(), proxies, snapshot.cost());
    }

    private void pause(Duration time) {
        lock.lock();
        try {
            var remaining = time.toNanos();
            while (!closed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
