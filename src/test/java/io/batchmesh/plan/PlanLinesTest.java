package io.batchmesh.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Route;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.Documents;
import io.batchmesh.translate.GeneratedTopologies;
import io.batchmesh.translate.SidecarTranslation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Plans of whole configs: complete, in order, and told in a few words. */
class PlanLinesTest {
    private static final int SEEDS = Boolean.getBoolean("stress") ? 5_000 : 25;
    private static final ProxyConfig RUNNING = RunningAdmin.config("p", 2);

    private static Plan plan(List<Document> desired, List<Document> running) {
        var found = new HashMap<DocumentId, RunningDocument>();
        desired.forEach(d -> found.put(d.id(), new RunningDocument.Absent()));
        running.forEach(d -> found.put(d.id(), new RunningDocument.Present(d)));
        return PlanBuilder.plan(desired, found);
    }

    private static List<String> lines(UnaryOperator<LinkConfig> change) {
        var link = RUNNING.links().getFirst();
        var desired = RUNNING.withLinks(List.of(change.apply(link)));
        var plan = plan(List.of(Documents.of(desired)), List.of(Documents.of(RUNNING)));
        return PlanLines.of(plan).stream().map(PlanLine::describe).toList();
    }

    private static List<Document> documents(Topology topology) {
        return Documents.of(SidecarTranslation.configs(topology, AddressBook.AS_DRAWN));
    }

    @Test
    void aWindowIsToldAsAWhole() {
        var fixed = RUNNING.links().getFirst().batch().withPolicy(BatchWindow.Policy.FIXED);
        assertEquals(
                List.of("page → reviews, window: auto · ≤ 2 ms · 64 → ≤ 5 ms · 16"),
                lines(l -> l.withBatch(fixed.withLinger(Duration.ofMillis(5)).withMaxItems(16))));
        assertEquals(
                List.of("page → reviews, window: auto → off"),
                lines(l -> l.withBatch(l.batch().withPolicy(BatchWindow.Policy.OFF))));
        assertEquals(
                List.of("page → reviews, window: auto · 256 KiB → auto · 64 KiB"),
                lines(l -> l.withBatch(l.batch().withMaxBytes(64 << 10))));
    }

    @Test
    void theSharesOfARouteAreToldTogether() {
        var route =
                new Route(
                        "default", null, Map.of("v1", 7), Duration.ofSeconds(2), null, null, null);
        assertEquals(
                List.of("page → reviews, route default: split.v1 1 → split.v1 7 · timeout 2s"),
                lines(l -> l.withRoutes(List.of(route))));
    }

    @Test
    void whatTwoProxiesGetIsToldOnce() {
        var running = List.of(RUNNING, RunningAdmin.config("q", 2));
        var desired = List.of(RunningAdmin.config("p", 5), RunningAdmin.config("q", 5));
        var lines = PlanLines.of(plan(Documents.of(desired), Documents.of(running)));
        assertEquals(1, lines.size());
        assertEquals(
                List.of(DocumentId.sidecar("p"), DocumentId.sidecar("q")),
                lines.getFirst().documents());
    }

    @Test
    void firstAndUnknownConfigsAreOneLineEach() {
        var document = Documents.of(RUNNING);
        var first = plan(List.of(document), List.of());
        assertEquals("p, config: none → its first", PlanLines.of(first).getFirst().describe());
        var unknown =
                PlanBuilder.plan(
                        List.of(document),
                        Map.of(document.id(), new RunningDocument.Unreachable("refused")));
        assertEquals(
                "p, config: not known → unreachable: refused",
                PlanLines.of(unknown).getFirst().describe());
    }

    @Test
    void theLastLinkThatGoesAwayIsToldByItsName() {
        var plan =
                plan(
                        List.of(Documents.of(RUNNING.withLinks(List.of()))),
                        List.of(Documents.of(RUNNING)));
        assertEquals(List.of("page->reviews"), List.copyOf(plan.changesByLink().keySet()));
    }

    @Test
    void aDrawingDoesNotDifferFromItself() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var documents = documents(GeneratedTopologies.of(seed));
            assertTrue(plan(documents, documents).isEmpty(), "seed " + seed);
        }
    }

    @Test
    void theChangesOfAPlanAreAllThatDiffers() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var running = documents(GeneratedTopologies.of(seed));
            var desired = documents(GeneratedTopologies.of(seed + 1_000_000));
            for (var change : plan(desired, running).changes()) {
                if (change.kind() != DocumentChange.Kind.CHANGE) {
                    continue;
                }
                var from = change.running();
                var to = change.desired();
                if (from != null && to != null) {
                    var patched = leaves(from.body());
                    change.fields().forEach(f -> patch(patched, f));
                    assertEquals(leaves(to.body()), patched, "seed " + seed + " " + change.id());
                }
            }
        }
    }

    private static void patch(Map<String, String> leaves, FieldChange change) {
        var key = change.subject() + "|" + change.field();
        leaves.remove(key);
        if (!change.to().isEmpty() && !change.to().equals("[]") && !order(leaves, key)) {
            leaves.put(key, change.to());
        }
    }

    /** A change of the order of named items is no leaf. */
    private static boolean order(Map<String, String> leaves, String key) {
        return leaves.keySet().stream().anyMatch(k -> k.startsWith(key + "."));
    }

    /** The values of a document by link and path, as a plan would name them from nothing. */
    private static Map<String, String> leaves(JsonNode body) {
        var leaves = new TreeMap<String, String>();
        for (var change : TreeDiff.between(null, body)) {
            if (!change.to().equals("[]")) {
                leaves.put(change.subject() + "|" + change.field(), change.to());
            }
        }
        return leaves;
    }

    @Test
    void aServiceComesBeforeItsCallersUnlessTheyCallInACircle() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var topology = acyclic(GeneratedTopologies.of(seed));
            var seen = new HashSet<String>();
            var services = new ArrayList<String>();
            for (var document : DesiredDocuments.of(topology, everywhere(topology))) {
                var service = document.body().get("service").stringValue();
                if (seen.add(service)) {
                    services.add(service);
                }
            }
            for (var link : topology.links().keySet()) {
                int caller = services.indexOf(link.from().name());
                int callee = services.indexOf(link.to().name());
                assertTrue(caller < 0 || callee < caller, "seed " + seed + " " + link);
            }
        }
    }

    private static Topology acyclic(Topology topology) {
        var links = new HashMap<>(topology.links());
        links.keySet().removeIf(l -> l.from().compareTo(l.to()) >= 0);
        return topology.withLinks(links);
    }

    private static AddressBook everywhere(Topology topology) {
        var sites = new HashMap<ProxyId, AddressBook.Site>();
        for (var config : SidecarTranslation.configs(topology, AddressBook.AS_DRAWN)) {
            var listeners = config.listeners();
            sites.put(
                    new ProxyId(config.proxy()),
                    new AddressBook.Site(listeners.outbound(), listeners.inbound(), "127.0.0.1:1"));
        }
        return new AddressBook(sites, Map.of());
    }
}
