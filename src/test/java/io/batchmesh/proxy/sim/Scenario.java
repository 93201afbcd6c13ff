package io.batchmesh.proxy.sim;

import io.batchmesh.config.HttpProtocol;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.LinkConfig.Upstream;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.config.ProxyConfig.Bulk;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.policy.Compression;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.OutlierDetection;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Route;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a seed stands for: settings, requests and faults, all drawn from it. */
final class Scenario {
    /** Addresses of the peers, the last of which is scripted. */
    static final List<String> PEERS = List.of("10.0.1.1:2", "10.0.1.2:2", "10.0.1.3:2");

    private final SplittableRandom random;
    private final boolean scripted;
    private final boolean pair;

    /** How often something goes wrong, from 0. */
    final double faulty;

    /** How the services take batches themselves; null when they do not. */
    final @Nullable Bulk bulk;

    /** What the services speak. */
    final HttpProtocol protocol;

    final int window;
    final long latencyNanos;
    final long serviceNanos;

    Scenario(SplittableRandom random) {
        this.random = random;
        int kind = random.nextInt(3);
        this.scripted = kind != 0;
        this.pair = kind != 1;
        double[] shares = {0, 0.03, 0.15, 0.5};
        this.faulty = shares[random.nextInt(shares.length)];
        int[] windows = {600, 4 << 10, 64 << 10, 1 << 20};
        this.window = windows[random.nextInt(windows.length)];
        this.latencyNanos = 10_000L << random.nextInt(9);
        this.serviceNanos = 50_000L << random.nextInt(8);
        Bulk[] kinds = {
            null, null, new Bulk("ndjson", SimBulk.LINES), new Bulk("odata", SimBulk.ODATA)
        };
        this.bulk = kinds[random.nextInt(kinds.length)];
        this.protocol = random.nextInt(3) == 0 ? HttpProtocol.H2 : HttpProtocol.HTTP1;
    }

    long millis(int most) {
        return TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(most));
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    int draw(int bound) {
        return random.nextInt(bound);
    }

    /** The calling sidecar's config; each time another one, but with the same host. */
    ProxyConfig caller(boolean sound) {
        var upstreams = new ArrayList<Upstream>();
        if (pair) {
            upstreams.add(upstream(0));
            if (sound || chance(0.7)) {
                upstreams.add(upstream(1));
            }
        }
        if (scripted) {
            upstreams.add(upstream(2));
        }
        var link =
                new LinkConfig(
                        "front->back",
                        "back",
                        List.of(route(sound)),
                        Map.of("v1", upstreams),
                        new Resilience(
                                new LoadBalancing(
                                        LoadBalancing.Policy.values()[random.nextInt(4)], null),
                                null,
                                !sound && chance(0.3)
                                        ? new OutlierDetection(
                                                1 + draw(5),
                                                Duration.ofSeconds(1),
                                                Duration.ofMillis(5 + draw(500)),
                                                10 + draw(91))
                                        : null,
                                breaker(sound),
                                null),
                        window());
        return new ProxyConfig(
                "front-1",
                "front",
                null,
                new ProxyConfig.Listeners("10.0.0.1:1", "10.0.0.1:2"),
                null,
                List.of(link),
                null);
    }

    private static Upstream upstream(int number) {
        return new Upstream(PEERS.get(number), null, 1, Peer.SIDECAR);
    }

    private Route route(boolean sound) {
        var timeout = sound ? Duration.ofSeconds(8) : timeout();
        return new Route(
                "default",
                null,
                Map.of("v1", 1),
                timeout,
                chance(0.6) && !sound ? retry() : null,
                null,
                null);
    }

    private @Nullable Duration timeout() {
        return chance(0.15) ? null : Duration.ofMillis(20L << draw(7));
    }

    private Retry retry() {
        var on = new ArrayList<String>();
        for (var cause : new String[] {"5xx", "reset", "connect-failure", "gateway-error"}) {
            if (chance(0.5)) {
                on.add(cause);
            }
        }
        return new Retry(1 + draw(4), chance(0.3) ? Duration.ofMillis(5L << draw(6)) : null, on);
    }

    private CircuitBreaker breaker(boolean sound) {
        return sound || chance(0.7)
                ? CircuitBreaker.DEFAULT
                : new CircuitBreaker(1 + draw(8), 1 + draw(20), 2 + draw(60), 1 + draw(4));
    }

    private BatchWindow window() {
        var policy = BatchWindow.Policy.values()[Math.min(3, draw(8) / 2 + (chance(0.7) ? 1 : 0))];
        var codec = Compression.Codec.values()[draw(4)];
        var context = chance(0.5) ? Compression.Context.STREAM : Compression.Context.BATCH;
        if (bulk != null && chance(0.7)) {
            // So that there is something to join.
            return new BatchWindow(
                    BatchWindow.Policy.FIXED,
                    Duration.ofMillis(2 + draw(20)),
                    4 + draw(64),
                    64 << 10,
                    null,
                    cache(),
                    new Compression(codec, 1 + draw(4), context, draw(600)));
        }
        return new BatchWindow(
                policy,
                Duration.ofNanos(1_000L << draw(15)),
                1 + draw(64),
                200L << draw(10),
                policy == BatchWindow.Policy.TARGET_P99 ? Duration.ofMillis(1 + draw(50)) : null,
                cache(),
                new Compression(codec, 1 + draw(4), context, draw(600)));
    }

    /** A request. */
    Ask ask(String nonce) {
        if (chance(0.3)) {
            return shared(nonce);
        }
        HttpMethod[] methods = {
            HttpMethod.GET, HttpMethod.POST, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH
        };
        var method = methods[draw(methods.length)];
        int size = method.equals(HttpMethod.GET) ? 0 : chance(0.1) ? draw(6_000) : draw(300);
        var body = new byte[size];
        random.nextBytes(body);
        long timeout = chance(0.2) ? TimeUnit.MICROSECONDS.toNanos(500L << draw(8)) : 0;
        var ask = new Ask(nonce, method, body, size > 0 && chance(0.3), timeout);
        return bulk == null ? ask : many(ask);
    }

    /**
     * Where services take many at once, most are of the same caller, since only those are joined.
     */
    private Ask many(Ask ask) {
        var by = chance(0.8) ? "u0" : "u1";
        boolean lines = bulk != null && bulk.format().equals("ndjson");
        return lines && ask.method.equals(HttpMethod.POST)
                ? ask.line("x".repeat(draw(200)), chance(0.5), by)
                : ask.by(by);
    }

    private Ask shared(String nonce) {
        var identity = chance(0.4) ? null : "u" + draw(2);
        long timeout = chance(0.2) ? TimeUnit.MICROSECONDS.toNanos(500L << draw(8)) : 0;
        return new Ask(nonce, Ask.SHARED + draw(2), identity, timeout);
    }

    private BatchWindow.@Nullable Cache cache() {
        return chance(0.5)
                ? null
                : new BatchWindow.Cache(
                        2_048L << draw(6),
                        Duration.ofMillis(chance(0.2) ? 0 : 5L << draw(7)),
                        Duration.ofMillis(chance(0.6) ? 0 : 1 + draw(50)));
    }

    /** How much longer than its time a request may take to be answered at its caller's end. */
    long slackNanos(Ask ask) {
        long turns = 4 + (ask.body.length + 4_000) / window;
        return TimeUnit.MILLISECONDS.toNanos(10) + turns * 2 * latencyNanos;
    }

    SplittableRandom split() {
        return random.split();
    }

    boolean pair() {
        return pair;
    }

    boolean scripted() {
        return scripted;
    }
}
