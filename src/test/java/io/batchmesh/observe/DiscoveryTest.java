package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.time.Clocks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long END = 1_800_000_000_000L;

    @TempDir private Path folder;

    private static Topology bookinfo() {
        var path = Path.of("sample-topologies/bookinfo.json");
        return ((LoadResult.Loaded) TopologyFile.load(path)).file().topology();
    }

    private static MeshSnapshot seen(Instant at, ProxyState callers, Object... linksAndRates) {
        var links = new TreeMap<String, LinkMetrics>();
        var proxies = new TreeMap<String, ProxyMetrics>();
        for (var i = 0; i < linksAndRates.length; i += 2) {
            var name = (String) linksAndRates[i];
            var rate = (Double) linksAndRates[i + 1];
            var none = LinkMetrics.none(name, at);
            var traffic = new LinkTraffic(rate, rate / 4, 0, 0, Map.of("v1", rate), List.of());
            links.put(
                    name,
                    new LinkMetrics(
                            name,
                            at,
                            traffic,
                            LinkLatency.NONE,
                            none.breakdown(),
                            none.batching(),
                            none.wire(),
                            none.cache()));
        }
        for (var service : bookinfo().services().keySet()) {
            var name = service.name();
            proxies.put(
                    name, new ProxyMetrics(name, name, callers, at, null, null, null, Map.of()));
        }
        return new MeshSnapshot(at, links, Map.of(), proxies, Map.of());
    }

    @Test
    void trafficThatIsNotDrawnIsTold() {
        var found =
                new Discovery()
                        .look(
                                bookinfo(),
                                seen(
                                        START,
                                        ProxyState.LIVE,
                                        "reviews->payments",
                                        8.0,
                                        "x->y",
                                        2.0));
        var first = assertInstanceOf(Disagreement.UnknownTraffic.class, found.getFirst());
        assertEquals(
                new Disagreement.UnknownTraffic(
                        LinkId.of("reviews", "payments"), 8, 0.25, true, false),
                first);
        assertEquals(LinkId.of("x", "y"), found.get(1).link());
        assertEquals(2, found.size());
    }

    @Test
    void aDrawnLinkIsSilentOnlyAfterAWhileAndWhileItsCallersAnswer() {
        var discovery = new Discovery();
        var drawn = bookinfo();
        var link = LinkId.of("productpage", "reviews");
        assertEquals(List.of(), discovery.look(drawn, seen(START, ProxyState.LIVE)));
        var later = START.plus(Discovery.PATIENCE);
        var silent =
                discovery.look(drawn, seen(later, ProxyState.LIVE, "productpage->reviews", 0.0));
        assertEquals(drawn.links().size(), silent.size());
        assertTrue(
                silent.contains(new Disagreement.SilentLink(link, Discovery.PATIENCE)),
                silent.toString());
        var busy = discovery.look(drawn, seen(later, ProxyState.LIVE, "productpage->reviews", 1.0));
        assertEquals(drawn.links().size() - 1, busy.size());
        var unknown = discovery.look(drawn, seen(later.plusSeconds(60), ProxyState.STALE));
        assertEquals(List.of(), unknown, "whoever does not answer says nothing of his links");
        assertEquals(
                List.of(),
                discovery.look(drawn, seen(later.plusSeconds(61), ProxyState.LIVE)),
                "the time of silence begins anew");
    }

    @Test
    void whatIsDrawnStaysAsItIsAndWhereItIs() {
        var drawn = bookinfo();
        var merged =
                Discovery.merged(
                        drawn,
                        seen(START, ProxyState.LIVE, "reviews->payments", 8.0, "BAD NAME->y", 1.0),
                        new ServiceNames(drawn));
        assertEquals(drawn.layout(), merged.layout());
        assertEquals(drawn.groups(), merged.groups());
        assertEquals(drawn.proxies(), merged.proxies());
        drawn.services().forEach((id, service) -> assertEquals(service, merged.service(id)));
        drawn.links().forEach((id, link) -> assertEquals(link, merged.link(id)));
        assertEquals(drawn.services().size() + 1, merged.services().size());
        assertEquals(drawn.links().size() + 1, merged.links().size());
        var same = Discovery.merged(merged, seen(START, ProxyState.LIVE), new ServiceNames(merged));
        assertEquals(merged, same, "what is not seen any more stays");
    }

    @Test
    void aMeshIsDrawnFromWhatAServerKnowsAndTheFileCanBeReadAgain() throws Exception {
        var names = new ServiceNames();
        var merged = Discovery.merged(Topology.empty("found"), everything(names), names);
        assertEquals(
                Set.of(
                        "a",
                        "b",
                        "edge",
                        "lb",
                        "orders",
                        "outside",
                        "productpage",
                        "reviews",
                        "stock",
                        "voting",
                        "web"),
                merged.services().keySet().stream()
                        .map(ServiceId::name)
                        .collect(Collectors.toSet()));
        assertEquals(6, merged.links().size());
        assertEquals("bookinfo", service(merged, "reviews").namespace());
        assertEquals(List.of("v1", "v2"), subsets(merged, "reviews"));
        assertEquals(ServiceKind.EXTERNAL, service(merged, "outside").kind());
        assertEquals(ProxyKind.ISTIO, kind(merged, "productpage"));
        assertEquals(ProxyKind.LINKERD, kind(merged, "web"));
        assertEquals(ProxyKind.ENVOY, kind(merged, "edge"));
        assertEquals(ProxyKind.SIDECAR, kind(merged, "a"));
        assertNull(kind(merged, "lb"), "a drawing knows no HAProxies");
        var link = merged.link(LinkId.of("lb", "stock"));
        assertNotNull(link);
        assertEquals(BatchWindow.Policy.OFF, link.window().policy());
        assertTrue(merged.proxies().containsKey(new ProxyId("p:1")));
        var path = folder.resolve("found.json");
        TopologyFile.create(path, merged);
        assertEquals(merged, ((LoadResult.Loaded) TopologyFile.load(path)).file().topology());
    }

    private static MeshSnapshot everything(ServiceNames names) throws Exception {
        var http = new OkHttpClient();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                var fake =
                        new FakePrometheus(MeshSeries.everything(END, 60).series, END, threads)) {
            var api = new PrometheusApi(http, fake.address(), PrometheusApi.Limits.DEFAULT);
            var clocks = new Clocks(() -> START, () -> 0);
            var settings = PrometheusSettings.DEFAULT.withoutPast();
            var snapshot = new PrometheusSource(api, settings, names, clocks, threads).round();
            http.connectionPool().evictAll();
            return snapshot;
        }
    }

    private static io.batchmesh.model.Service service(Topology topology, String name) {
        var service = topology.service(new ServiceId(name));
        assertNotNull(service);
        return service;
    }

    private static List<String> subsets(Topology topology, String name) {
        return service(topology, name).subsets().stream().map(s -> s.name()).toList();
    }

    private static @Nullable ProxyKind kind(Topology topology, String service) {
        return topology.proxies().values().stream()
                .filter(p -> p.service().name().equals(service))
                .map(p -> p.kind())
                .findFirst()
                .orElse(null);
    }

    @Test
    void servicesOfOneNameInTwoNamespacesAreToldApart() {
        var names = new ServiceNames();
        assertEquals("web", names.id("web", "shop", ServiceKind.SERVICE));
        assertEquals("web.blog", names.id("web", "blog", ServiceKind.SERVICE));
        assertEquals("web", names.id("web", "shop", ServiceKind.SERVICE));
        assertEquals("my-service", names.id("My_Service", null, ServiceKind.SERVICE));
        var seen = names.seen(new ServiceId("web.blog"));
        assertEquals("blog", seen == null ? null : seen.namespace());
        var drawn = new ServiceNames(bookinfo());
        assertEquals("reviews", drawn.id("reviews", "bookinfo", ServiceKind.SERVICE));
        assertEquals("reviews.other", drawn.id("reviews", "other", ServiceKind.SERVICE));
    }
}
