package io.batchmesh.forecast;

import io.batchmesh.model.BulkApi;
import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Port;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.ServiceSimulation;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Cache;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.policy.Compression;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A link, what goes over it, and what it meets: all by chance.
 *
 * @param rate requests per second
 * @param p50 seconds of the service
 * @param sigma how widely its times are spread
 * @param item seconds that it needs further for each request of a batch
 * @param delay seconds of the wire, one way
 * @param shrinks bytes after packing for each before
 * @param keys how many different things are asked for; 0 for never the same
 * @param queues called endpoints
 */
record GeneratedLink(
        long seed,
        double rate,
        double p50,
        double sigma,
        double item,
        double delay,
        double shrinks,
        int keys,
        int queues,
        Topology topology,
        BatchWindow window) {
    static final LinkId ID = LinkId.of("a", "b");
    static final double BYTES = 500;

    static GeneratedLink of(long seed) {
        var r = new SplittableRandom(seed);
        double rate = between(r, 5, 10_000);
        double p50 = between(r, 0.0003, 0.05);
        double sigma = r.nextInt(4) == 0 ? 0 : r.nextDouble() * 0.8;
        boolean bulk = r.nextInt(5) < 2;
        double item = bulk ? p50 * r.nextDouble() * 0.2 : 0;
        double delay = r.nextInt(3) == 0 ? 0 : between(r, 0.0005, 0.03);
        double shrinks = r.nextBoolean() ? 1 : 0.2 + 0.8 * r.nextDouble();
        int keys = r.nextInt(2) == 0 ? (int) between(r, 1, 10_000) : 0;
        int queues = 1 + r.nextInt(4);
        boolean said = r.nextInt(3) < 2;
        var callee = service("b", queues, bulk, said ? item : -1, r.nextBoolean());
        var window = window(r, p50, keys);
        var link = new Link(ID, window, Traffic.NONE, null);
        var caller = service("a", 1, false, -1, false);
        var topology = Topology.of("generated", List.of(caller, callee), List.of(link));
        return new GeneratedLink(
                seed, rate, p50, sigma, item, delay, shrinks, keys, queues, topology, window);
    }

    private static double between(SplittableRandom r, double low, double high) {
        return low * Math.exp(r.nextDouble() * Math.log(high / low));
    }

    private static BatchWindow window(SplittableRandom r, double p50, int keys) {
        var policy = r.nextInt(3) == 0 ? Policy.FIXED : Policy.values()[r.nextInt(4)];
        var packed = new Compression(Compression.Codec.ZSTD, 3, Compression.Context.BATCH, 128);
        return BatchWindow.DEFAULT
                .withPolicy(policy)
                .withLinger(nanos(between(r, 0.0002, 0.02)))
                .withTargetP99(
                        policy == Policy.TARGET_P99 ? nanos(p50 * between(r, 0.7, 20)) : null)
                .withCache(cache(keys == 0 ? 2 + r.nextInt(8) : r.nextInt(4)))
                .withCompression(r.nextInt(6) == 0 ? packed : null);
    }

    private static @Nullable Cache cache(int choice) {
        return switch (choice) {
            case 0 -> new Cache(1 << 20, Duration.ZERO, Duration.ZERO);
            case 1, 2 -> new Cache(1 << 20, Duration.ofMillis(200), Duration.ZERO);
            default -> null;
        };
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static Service service(
            String name, int endpoints, boolean bulk, double item, boolean http2) {
        var all =
                IntStream.range(0, endpoints)
                        .mapToObj(i -> new Endpoint("127.0.0.1:" + (9000 + i), null, 1))
                        .toList();
        return new Service(
                new ServiceId(name),
                null,
                ServiceKind.SERVICE,
                List.of(new Port("http", 80, http2 ? Protocol.H2 : Protocol.HTTP1)),
                List.of(new Subset("v1", Map.of(), all)),
                Traffic.NONE,
                bulk ? new BulkApi(BulkApi.Format.NDJSON, "/bulk") : null,
                item < 0
                        ? null
                        : new ServiceSimulation(Duration.ofMillis(1), nanos(item), 0, 0, 0));
    }

    boolean bulk() {
        var callee = topology.service(ID.to());
        return callee != null && callee.bulk() != null;
    }
}
