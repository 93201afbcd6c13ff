package io.batchmesh.store;

import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.AllowRule;
import io.batchmesh.model.BulkApi;
import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Group;
import io.batchmesh.model.Layout;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.LinkSimulation;
import io.batchmesh.model.Note;
import io.batchmesh.model.Port;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.ServiceSimulation;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Tls;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import io.batchmesh.policy.Tracing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes topologies by chance in which every field is used; the same seed, the same topology. */
public final class Topologies {
    private static final List<String> WORDS =
            List.of("plain", "päge", "推送", "a\"b\\c", "tab\tnew\nline", "x y", "/", "~0", "😀");

    private final SplittableRandom random;
    private final Policies policies;

    private Topologies(long seed) {
        random = new SplittableRandom(seed);
        policies = new Policies(random);
    }

    /** The topology of a seed. */
    public static Topology of(long seed) {
        return new Topologies(seed).topology();
    }

    private Topology topology() {
        int count = random.nextInt(6);
        var services = new LinkedHashMap<ServiceId, Service>();
        for (int i = 0; i < count; i++) {
            var service = service("s" + i, count);
            services.put(service.id(), service);
        }
        var links = new LinkedHashMap<LinkId, Link>();
        for (int i = 0; i < count * 2; i++) {
            var link = link(LinkId.of(some(count), some(count)));
            links.put(link.id(), link);
        }
        var proxies = new LinkedHashMap<ProxyId, Proxy>();
        for (int i = 0; i < random.nextInt(4); i++) {
            var proxy = proxy("p" + i, some(count));
            proxies.put(proxy.id(), proxy);
        }
        return new Topology(
                word(),
                services,
                links,
                proxies,
                layout(count),
                groups(count),
                notes(),
                maybe(() -> tracing(random)),
                alerts(count));
    }

    private List<AlertRule> alerts(int count) {
        var list = new ArrayList<AlertRule>();
        for (int i = 0; i < random.nextInt(4); i++) {
            list.add(
                    new AlertRule(
                            "alert" + i + word(),
                            target(count),
                            condition(),
                            random.nextBoolean() ? Duration.ZERO : policies.duration(),
                            pick(AlertRule.Urgency.values()),
                            random.nextBoolean()));
        }
        return list;
    }

    private AlertTarget target(int count) {
        var kind = pick(AlertTarget.Kind.values());
        return switch (random.nextInt(3)) {
            case 0 -> AlertTarget.each(kind);
            case 1 -> new AlertTarget(kind, some(count) + "->" + some(count));
            default -> new AlertTarget(kind, some(count));
        };
    }

    private AlertCondition condition() {
        if (random.nextInt(3) == 0) {
            return new AlertCondition.BurnRate(random.nextInt(50, 100));
        }
        var measure = pick(AlertMeasure.values());
        boolean time = measure.unit() == AlertMeasure.Unit.SECONDS;
        double limit = time ? policies.duration().toNanos() / 1e9 : random.nextInt(1000) / 8.0;
        return new AlertCondition.Threshold(
                measure,
                maybe(() -> pick(new String[] {"collect", "send"})),
                random.nextBoolean(),
                limit);
    }

    private String some(int count) {
        return "s" + random.nextInt(count + 1);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size())) + random.nextInt(100);
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private <T> List<T> several(int most, Supplier<T> value) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(value.get());
        }
        return list;
    }

    private Service service(String name, int count) {
        return new Service(
                new ServiceId(name),
                maybe(this::word),
                pick(ServiceKind.values()),
                random.nextBoolean() ? List.of() : List.of(port("http"), port("admin")),
                random.nextBoolean() ? List.of() : List.of(subset("v1"), subset("v2")),
                traffic(count),
                maybe(() -> new BulkApi(pick(BulkApi.Format.values()), "/" + word())),
                maybe(this::simulation));
    }

    private <E> E pick(E[] values) {
        return values[random.nextInt(values.length)];
    }

    private Port port(String name) {
        return new Port(name, random.nextInt(1, 65_536), pick(Protocol.values()));
    }

    private Subset subset(String name) {
        return new Subset(
                name,
                random.nextBoolean() ? Map.of() : Map.of("version", word()),
                several(
                        2,
                        () ->
                                new Endpoint(
                                        "127.0.0.1:" + random.nextInt(65_536),
                                        maybe(this::word),
                                        random.nextInt(1, 4))));
    }

    private ServiceSimulation simulation() {
        return new ServiceSimulation(
                policies.duration(),
                random.nextBoolean() ? Duration.ZERO : policies.duration(),
                policies.size(),
                random.nextInt(3),
                random.nextInt(2) * random.nextDouble(100));
    }

    private Traffic traffic(int count) {
        if (random.nextInt(4) == 0) {
            return Traffic.NONE;
        }
        return new Traffic(
                random.nextBoolean() ? List.of() : List.of(route("a", count), route("b", count)),
                new Resilience(
                        maybe(policies::balancing),
                        maybe(policies::failover),
                        maybe(policies::outliers),
                        maybe(policies::breaker),
                        maybe(policies::healthCheck)),
                maybe(() -> new Tls(pick(Tls.Mode.values()))),
                several(
                        2,
                        () ->
                                new AllowRule(
                                        some(count),
                                        several(2, this::word),
                                        several(2, this::word))));
    }

    private Route route(String name, int count) {
        var split = new LinkedHashMap<String, Integer>();
        for (int i = random.nextInt(3); i > 0; i--) {
            split.put("v" + i, random.nextInt(100));
        }
        return new Route(
                name,
                maybe(policies::match),
                split,
                maybe(policies::duration),
                maybe(policies::retry),
                maybe(() -> policies.mirror(some(count))),
                maybe(policies::fault),
                policies.adjustments());
    }

    private Link link(LinkId id) {
        return new Link(
                id,
                maybe(policies::window),
                traffic(3),
                maybe(() ->
                        new LinkSimulation(
                                maybe(() ->
                                        random.nextInt(2) == 0 ? 600.0 : random.nextDouble(1e6)),
                                random.nextBoolean() ? 1 : random.nextDouble(10),
                                policies.duration(),
                                maybe(() -> random.nextLong(1, 1L << 40)),
                                random.nextBoolean()
                                        ? LinkSimulation.RequestShape.DEFAULT
                                        : shape())));
    }

    private LinkSimulation.RequestShape shape() {
        return new LinkSimulation.RequestShape(
                random.nextBoolean() ? "GET" : "POST",
                "/" + word(),
                policies.size(),
                random.nextInt(1, 1000),
                random.nextInt(3),
                random.nextInt(1, 3));
    }

    private Proxy proxy(String name, String service) {
        return new Proxy(
                new ProxyId(name),
                new ServiceId(service),
                maybe(() -> "v1"),
                pick(ProxyKind.values()),
                maybe(() -> URI.create("http://127.0.0.1:" + random.nextInt(65_536))));
    }

    private Layout layout(int count) {
        var places = new LinkedHashMap<ServiceId, Layout.Position>();
        for (int i = 0; i < count; i += 2) {
            double x = random.nextBoolean() ? random.nextInt(1000) : random.nextDouble(1000);
            places.put(
                    new ServiceId("s" + i),
                    new Layout.Position(x, 0 - x / 3, random.nextBoolean()));
        }
        return new Layout(places);
    }

    private List<Group> groups(int count) {
        return random.nextBoolean()
                ? List.of()
                : List.of(
                        new Group(
                                word(),
                                several(3, () -> new ServiceId(some(count))),
                                random.nextBoolean()));
    }

    private List<Note> notes() {
        return several(2, () -> new Note(word(), random.nextDouble(-500, 500), 12));
    }

    private static Tracing tracing(SplittableRandom random) {
        return random.nextBoolean()
                ? new Tracing("http://127.0.0.1:4318", random.nextInt(101))
                : new Tracing("https://collector:4318", random.nextInt(101), "file:ca.pem");
    }
}
