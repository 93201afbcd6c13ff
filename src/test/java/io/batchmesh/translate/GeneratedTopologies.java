package io.batchmesh.translate;

import io.batchmesh.model.AllowRule;
import io.batchmesh.model.BulkApi;
import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.LinkSimulation;
import io.batchmesh.model.Port;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.policy.Compression;
import io.batchmesh.policy.Failover;
import io.batchmesh.policy.FaultInjection;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.OutlierDetection;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Route;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sound topologies of all shapes from a seed: the same seed, the same topology. */
public final class GeneratedTopologies {
    private final SplittableRandom random;
    private int port = 20_000;

    private GeneratedTopologies(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public static Topology of(long seed) {
        return new GeneratedTopologies(seed).topology();
    }

    private Topology topology() {
        int count = 1 + random.nextInt(8);
        var services = new ArrayList<Service>();
        for (int i = 0; i < count; i++) {
            services.add(service("s" + i));
        }
        var links = new ArrayList<Link>();
        for (var from : services) {
            for (var to : services) {
                if (from.kind() != ServiceKind.EXTERNAL && random.nextInt(3) == 0) {
                    links.add(link(from, to));
                }
            }
        }
        return Topology.of("generated", services, links).withProxies(proxies(services));
    }

    private Map<ProxyId, Proxy> proxies(List<Service> services) {
        var proxies = new LinkedHashMap<ProxyId, Proxy>();
        for (var service : services) {
            for (var subset : service.subsets()) {
                if (random.nextBoolean()) {
                    // Names that the generated ones could run into.
                    var id = new ProxyId(service.name() + "-v" + random.nextInt(3) + "-2");
                    var kind = random.nextInt(4) == 0 ? ProxyKind.ENVOY : ProxyKind.SIDECAR;
                    var name = maybe(subset::name);
                    var admin = maybe(() -> URI.create("http://127.0.0.1:" + port++));
                    proxies.put(id, new Proxy(id, service.id(), name, kind, admin));
                }
            }
        }
        return proxies;
    }

    private Service service(String name) {
        var subsets = new ArrayList<Subset>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            subsets.add(subset("v" + i));
        }
        var protocol = any(Protocol.values());
        return new Service(
                new ServiceId(name),
                maybe(() -> "space"),
                any(ServiceKind.values()),
                random.nextInt(4) == 0 ? List.of() : List.of(new Port("main", 9080, protocol)),
                subsets,
                traffic(subsets.stream().map(Subset::name).toList()),
                maybe(() -> new BulkApi(BulkApi.Format.NDJSON, "/bulk")),
                null);
    }

    private Subset subset(String name) {
        var endpoints = new ArrayList<Endpoint>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            var host = random.nextBoolean() ? "127.0.0.1" : "[fd00::1]";
            var zone = maybe(() -> "z" + random.nextInt(2));
            endpoints.add(new Endpoint(host + ":" + port++, zone, 1 + random.nextInt(3)));
        }
        return new Subset(name, Map.of("version", name), endpoints);
    }

    private Link link(Service from, Service to) {
        var subsets = to.subsets().stream().map(Subset::name).toList();
        return new Link(
                LinkId.of(from.name(), to.name()),
                maybe(this::window),
                random.nextBoolean() ? Traffic.NONE : traffic(subsets),
                maybe(() -> LinkSimulation.DEFAULT));
    }

    private BatchWindow window() {
        return new BatchWindow(
                any(BatchWindow.Policy.values()),
                Duration.ofMillis(random.nextInt(100)),
                1 + random.nextInt(4096),
                1024L << random.nextInt(10),
                Duration.ofMillis(20),
                maybe(() -> new BatchWindow.Cache(1 << 20, Duration.ofSeconds(1), Duration.ZERO)),
                maybe(() ->
                        new Compression(
                                Compression.Codec.GZIP, 3, Compression.Context.STREAM, 512)));
    }

    private Traffic traffic(List<String> subsets) {
        var routes = new ArrayList<Route>();
        if (!subsets.isEmpty() && random.nextBoolean()) {
            routes.add(route("testers", match(), subsets));
        }
        if (!subsets.isEmpty() && random.nextBoolean()) {
            routes.add(route("default", null, subsets));
        }
        return new Traffic(
                routes,
                new Resilience(
                        maybe(() ->
                                new LoadBalancing(LoadBalancing.Policy.CONSISTENT_HASH, "user")),
                        maybe(() -> new Failover(List.of(new Failover.Zone("z0", List.of("z1"))))),
                        maybe(() ->
                                new OutlierDetection(
                                        5, Duration.ofSeconds(10), Duration.ofSeconds(30), 50)),
                        maybe(() -> new CircuitBreaker(1 + random.nextInt(9), 1, 1, 0)),
                        null),
                null,
                random.nextInt(3) > 0
                        ? List.of()
                        : List.of(new AllowRule("s1", List.of("GET"), List.of("/a/*"))));
    }

    private Route route(String name, @Nullable RouteMatch match, List<String> subsets) {
        var split = new LinkedHashMap<String, Integer>();
        for (var subset : subsets) {
            split.put(subset, 1 + random.nextInt(100));
        }
        return new Route(
                name,
                match,
                split,
                maybe(() -> Duration.ofMillis(1 + random.nextInt(5000))),
                maybe(() -> new Retry(2, Duration.ofSeconds(1), List.of("5xx"))),
                maybe(() -> new Mirror("s0", null, 12.5)),
                maybe(() -> new FaultInjection(null, new FaultInjection.Abort(0.5, 503))));
    }

    private RouteMatch match() {
        return new RouteMatch(
                new TextMatch.Prefix("/p" + random.nextInt(3)),
                List.of("GET"),
                Map.of("end-user", new TextMatch.Exact("jason")),
                Map.of("q", new TextMatch.Regex("[a-z]+")));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }
}
