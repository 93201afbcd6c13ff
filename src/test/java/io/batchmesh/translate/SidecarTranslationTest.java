package io.batchmesh.translate;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.model.AllowRule;
import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Layout;
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
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SidecarTranslationTest {
    private static final int SEEDS = Boolean.getBoolean("stress") ? 20_000 : 150;
    private static final LinkId LINK = LinkId.of("page", "reviews");

    @Test
    void everyGeneratedTopologyGivesConfigsThatASidecarAccepts() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var topology = GeneratedTopologies.of(seed);
            for (var config : SidecarTranslation.configs(topology, AddressBook.AS_DRAWN)) {
                var read = Documents.config(Documents.of(config));
                var valid = assertInstanceOf(ConfigResult.Valid.class, read, "seed " + seed);
                assertEquals(config, valid.config(), "seed " + seed);
            }
        }
    }

    @Test
    void everyEndpointInsideTheMeshHasOneSidecarWithANameOfItsOwn() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var topology = GeneratedTopologies.of(seed);
            var names = new HashSet<ProxyId>();
            var sites = Sidecars.of(topology);
            for (var site : sites) {
                assertTrue(names.add(site.proxy()), "seed " + seed + ": " + site.proxy());
            }
            long endpoints =
                    topology.services().values().stream()
                            .filter(s -> s.kind() != ServiceKind.EXTERNAL)
                            .flatMap(s -> s.subsets().stream())
                            .mapToLong(s -> s.endpoints().size())
                            .sum();
            assertEquals(endpoints, sites.size(), "seed " + seed);
        }
    }

    @Test
    void simulationAndLayoutAreNeverPartOfAConfig() {
        var plain = topology(BatchWindow.DEFAULT);
        var link = requireNonNull(plain.link(LINK));
        var slow =
                new LinkSimulation(600d, 1, Duration.ofMillis(10), 1L, link.simulated().request());
        var places = Map.of(new ServiceId("page"), new Layout.Position(1, 2, true));
        var other =
                plain.with(new Link(LINK, link.batch(), link.traffic(), slow))
                        .withLayout(new Layout(places));
        assertEquals(configs(plain), configs(other));
    }

    @Test
    void aDeclaredSidecarIsDialledAndAnEndpointWithoutOneGetsPlainRequests() {
        var subsets = onlyLink(topology(BatchWindow.DEFAULT)).subsets();
        var v1 = new LinkConfig.Upstream("127.0.0.1:15108", "a", 1, Peer.SIDECAR);
        var v2 = new LinkConfig.Upstream("127.0.0.1:9082", "b", 2, Peer.PLAIN);
        assertEquals(Map.of("v1", List.of(v1), "v2", List.of(v2)), subsets);
    }

    @Test
    void anEnvoyTakesNoBatches() {
        var topology = topology(BatchWindow.DEFAULT);
        var id = new ProxyId("reviews-v1-1");
        var envoy = new Proxy(id, new ServiceId("reviews"), "v1", ProxyKind.ENVOY, null);
        var subsets = onlyLink(topology.withProxies(Map.of(id, envoy))).subsets();
        assertEquals(
                List.of(new LinkConfig.Upstream("127.0.0.1:9081", "a", 1, Peer.PLAIN)),
                subsets.get("v1"));
    }

    @Test
    void theAddressBookAndItsDetoursWinOverTheDrawing() {
        var v1 = new ProxyId("reviews-v1-1");
        var v2 = new ProxyId("reviews-v2-1");
        var sites = new LinkedHashMap<ProxyId, AddressBook.Site>();
        sites.put(v1, new AddressBook.Site("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"));
        sites.put(v2, new AddressBook.Site("127.0.0.1:4", "127.0.0.1:5", "127.0.0.1:6"));
        var book = new AddressBook(sites, Map.of(new AddressBook.Detour(LINK, v2), "127.0.0.1:7"));
        var configs = SidecarTranslation.configs(topology(BatchWindow.DEFAULT), book);
        var subsets = configs.getFirst().links().getFirst().subsets();
        assertEquals(
                Map.of(
                        "v1",
                        List.of(new LinkConfig.Upstream("127.0.0.1:2", "a", 1, Peer.SIDECAR)),
                        "v2",
                        List.of(new LinkConfig.Upstream("127.0.0.1:7", "b", 2, Peer.SIDECAR))),
                subsets);
        assertEquals(
                new ProxyConfig.Listeners("127.0.0.1:4", "127.0.0.1:5"),
                configs.getLast().listeners());
        assertEquals("127.0.0.1:6", requireNonNull(configs.getLast().inbound()).endpoint());
    }

    @Test
    void aServiceWithoutRoutesIsCalledOnAllItsSubsetsAlike() {
        var route = onlyLink(topology(BatchWindow.DEFAULT)).routes().getFirst();
        assertEquals("default", route.name());
        assertEquals(Map.of("v1", 1, "v2", 1), route.split());
    }

    @Test
    void aRouteOfTheLinkOverridesTheOneOfTheServiceInWhatItSays() {
        var topology = topology(BatchWindow.DEFAULT);
        var reviews = requireNonNull(topology.service(new ServiceId("reviews")));
        var split = Map.of("v1", 90, "v2", 10);
        var base = new Route("default", null, split, null, null, null, null);
        var own = new Route("default", null, Map.of(), Duration.ofSeconds(2), null, null, null);
        var link = requireNonNull(topology.link(LINK));
        var changed =
                topology.with(reviews.withTraffic(Traffic.NONE.withRoutes(List.of(base))))
                        .with(link.withTraffic(Traffic.NONE.withRoutes(List.of(own))));
        var route = onlyLink(changed).routes().getFirst();
        assertEquals(split, route.split());
        assertEquals(Duration.ofSeconds(2), route.timeout());
    }

    @Test
    void aTcpPortIsNeverBatched() {
        var topology = topology(BatchWindow.DEFAULT.withPolicy(BatchWindow.Policy.FIXED));
        var reviews = requireNonNull(topology.service(new ServiceId("reviews")));
        var tcp =
                new Service(
                        reviews.id(),
                        null,
                        reviews.kind(),
                        List.of(new Port("db", 5432, Protocol.TCP)),
                        reviews.subsets(),
                        Traffic.NONE,
                        null,
                        null);
        assertEquals(BatchWindow.Policy.FIXED, onlyLink(topology).batch().policy());
        assertEquals(BatchWindow.Policy.OFF, onlyLink(topology.with(tcp)).batch().policy());
    }

    @Test
    void aRuleOfALinkTakesThePlaceOfThoseForItsCaller() {
        var topology = topology(BatchWindow.DEFAULT);
        var reviews = requireNonNull(topology.service(new ServiceId("reviews")));
        var rules = List.of(rule("page", "GET"), rule("batch", "POST"));
        var changed =
                topology.with(reviews.withTraffic(allowing(rules)))
                        .with(
                                requireNonNull(topology.link(LINK))
                                        .withTraffic(allowing(List.of(rule("page", "PUT")))));
        var inbound = requireNonNull(configs(changed).getLast().inbound());
        assertEquals(
                List.of(
                        new ProxyConfig.Allow("batch", List.of("POST"), List.of()),
                        new ProxyConfig.Allow("page", List.of("PUT"), List.of())),
                inbound.allow());
    }

    private static AllowRule rule(String from, String method) {
        return new AllowRule(from, List.of(method), List.of());
    }

    private static Traffic allowing(List<AllowRule> rules) {
        return new Traffic(List.of(), Resilience.NONE, null, rules);
    }

    private static List<ProxyConfig> configs(Topology topology) {
        return SidecarTranslation.configs(topology, AddressBook.AS_DRAWN);
    }

    private static LinkConfig onlyLink(Topology topology) {
        return configs(topology).getFirst().links().getFirst();
    }

    private static Topology topology(BatchWindow window) {
        var page = service("page", List.of(new Subset("v1", Map.of(), List.of(at(9080, "a", 1)))));
        var reviews =
                service(
                        "reviews",
                        List.of(
                                new Subset("v1", Map.of(), List.of(at(9081, "a", 1))),
                                new Subset("v2", Map.of(), List.of(at(9082, "b", 2)))));
        var id = new ProxyId("reviews-v1-1");
        var sidecar = new Proxy(id, reviews.id(), "v1", ProxyKind.SIDECAR, null);
        return Topology.of(
                        "t",
                        List.of(page, reviews),
                        List.of(new Link(LINK, window, Traffic.NONE, null)))
                .withProxies(Map.of(id, sidecar));
    }

    private static Endpoint at(int port, String zone, int weight) {
        return new Endpoint("127.0.0.1:" + port, zone, weight);
    }

    private static Service service(String name, List<Subset> subsets) {
        var ports = List.of(new Port("http", 9080, Protocol.HTTP1));
        return new Service(
                new ServiceId(name),
                null,
                ServiceKind.SERVICE,
                ports,
                subsets,
                Traffic.NONE,
                null,
                null);
    }
}
