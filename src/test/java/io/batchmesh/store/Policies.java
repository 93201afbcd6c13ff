package io.batchmesh.store;

import io.batchmesh.policy.Adjustments;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.policy.Compression;
import io.batchmesh.policy.Failover;
import io.batchmesh.policy.FaultInjection;
import io.batchmesh.policy.HeaderChanges;
import io.batchmesh.policy.HealthCheck;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.OutlierDetection;
import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Rewrite;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes policies by chance. */
final class Policies {
    private final SplittableRandom random;

    Policies(SplittableRandom random) {
        this.random = random;
    }

    Duration duration() {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofNanos(random.nextLong(1_000_000_000));
            case 2 -> Duration.ofMinutes(random.nextInt(1, 200));
            default -> Duration.ofMillis(random.nextInt(1, 5000));
        };
    }

    long size() {
        return random.nextBoolean() ? random.nextLong(1 << 20) : random.nextLong(64) << 10;
    }

    private TextMatch text() {
        return switch (random.nextInt(3)) {
            case 0 -> new TextMatch.Exact("e" + random.nextInt(9));
            case 1 -> new TextMatch.Prefix("/p" + random.nextInt(9));
            default -> new TextMatch.Regex("[a-z]+" + random.nextInt(9));
        };
    }

    RouteMatch match() {
        return new RouteMatch(
                random.nextBoolean() ? null : text(),
                random.nextBoolean() ? List.of() : List.of("GET", "PUT"),
                random.nextBoolean() ? Map.of() : Map.of("x-user", text()),
                random.nextBoolean() ? Map.of() : Map.of("q/~", text()));
    }

    Retry retry() {
        return new Retry(
                random.nextInt(11),
                random.nextBoolean() ? null : duration(),
                random.nextBoolean() ? List.of() : List.of("5xx"));
    }

    Mirror mirror(String service) {
        return new Mirror(service, random.nextBoolean() ? null : "v2", random.nextDouble(100));
    }

    FaultInjection fault() {
        return new FaultInjection(
                random.nextBoolean() ? null : new FaultInjection.Delay(1.5, duration()),
                random.nextBoolean()
                        ? null
                        : new FaultInjection.Abort(0.5, random.nextInt(400, 600)));
    }

    Adjustments adjustments() {
        return new Adjustments(
                random.nextBoolean() ? null : changes(),
                random.nextBoolean() ? null : changes(),
                random.nextBoolean() ? null : new Rewrite(null, "/v2", "other"));
    }

    private HeaderChanges changes() {
        return new HeaderChanges(
                random.nextBoolean() ? Map.of() : Map.of("x-a", "a b", "x/~", ""),
                random.nextBoolean() ? Map.of() : Map.of("x-b", "b"),
                random.nextBoolean() ? List.of() : List.of("x-c", "x-d"));
    }

    LoadBalancing balancing() {
        var policies = LoadBalancing.Policy.values();
        return new LoadBalancing(
                policies[random.nextInt(policies.length)], random.nextBoolean() ? null : "x-user");
    }

    Failover failover() {
        return new Failover(
                random.nextBoolean()
                        ? List.of()
                        : List.of(new Failover.Zone("a", List.of("b", "c"))));
    }

    OutlierDetection outliers() {
        return new OutlierDetection(
                random.nextInt(1, 9), duration(), duration(), random.nextInt(101));
    }

    HealthCheck healthCheck() {
        return new HealthCheck(
                "/health",
                duration(),
                duration(),
                1,
                random.nextInt(1, 9),
                random.nextInt(100, 600));
    }

    CircuitBreaker breaker() {
        return new CircuitBreaker(1, random.nextInt(1, 2000), 3, random.nextInt(4));
    }

    BatchWindow window() {
        var policies = BatchWindow.Policy.values();
        var policy = policies[random.nextInt(policies.length)];
        boolean target = policy == BatchWindow.Policy.TARGET_P99 || random.nextBoolean();
        return new BatchWindow(
                policy,
                Duration.ofNanos(random.nextLong(60_000_000_000L)),
                random.nextInt(1, 4097),
                random.nextLong(1 << 10, (16 << 20) + 1),
                target ? duration() : null,
                random.nextBoolean() ? null : new BatchWindow.Cache(size(), duration(), duration()),
                random.nextBoolean() ? null : compression());
    }

    private Compression compression() {
        var codecs = Compression.Codec.values();
        var contexts = Compression.Context.values();
        return new Compression(
                codecs[random.nextInt(codecs.length)],
                random.nextInt(1, 10),
                contexts[random.nextInt(contexts.length)],
                size());
    }
}
