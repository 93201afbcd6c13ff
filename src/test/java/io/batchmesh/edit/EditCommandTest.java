package io.batchmesh.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.AllowRule;
import io.batchmesh.model.Group;
import io.batchmesh.model.Layout;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
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
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EditCommandTest {
    private static final ServiceId A = new ServiceId("a");
    private static final ServiceId B = new ServiceId("b");
    private static final LinkId AB = new LinkId(A, B);

    static Topology ab() {
        return Topology.of(
                "x",
                List.of(service("a", Traffic.NONE), service("b", busy())),
                List.of(new Link(AB, null, Traffic.NONE, null)));
    }

    private static Service service(String name, Traffic traffic) {
        return new Service(
                new ServiceId(name),
                null,
                ServiceKind.SERVICE,
                List.of(),
                List.of(
                        new Subset("v1", Map.of(), List.of()),
                        new Subset("v2", Map.of(), List.of())),
                traffic,
                null,
                null);
    }

    private static Traffic busy() {
        var route =
                new Route(
                        "default",
                        null,
                        Map.of("v1", 90, "v2", 10),
                        null,
                        null,
                        new Mirror("a", "v2", 5),
                        null);
        return new Traffic(
                List.of(route),
                Resilience.NONE,
                null,
                List.of(new AllowRule("a", List.of(), List.of())));
    }

    private static Topology drawn() {
        var proxy = new Proxy(new ProxyId("p"), A, "v2", ProxyKind.SIDECAR, null);
        return new Topology(
                "x",
                ab().services(),
                ab().links(),
                Map.of(proxy.id(), proxy),
                new Layout(Map.of(A, new Layout.Position(1, 2, true))),
                List.of(new Group("g", List.of(A, B), false)),
                List.of());
    }

    private static Service part(Topology t, ServiceId id) {
        var service = t.service(id);
        assertNotNull(service);
        return service;
    }

    @Test
    void aServiceIsRemovedWithAllThatHangsOnIt() {
        var after = new ServiceEdit.RemoveService(A).apply(drawn());
        assertEquals(List.of(B), List.copyOf(after.services().keySet()));
        assertTrue(after.links().isEmpty());
        assertTrue(after.proxies().isEmpty());
        assertTrue(after.layout().services().isEmpty());
        assertEquals(List.of(B), after.groups().getFirst().services());
        assertNull(part(after, B).traffic().routes().getFirst().mirror());
    }

    @Test
    void removingTheOnlyCallerAllowedDoesNotOpenTheServiceToEverybody() {
        var after = new ServiceEdit.RemoveService(A).apply(drawn());
        assertFalse(part(after, B).traffic().allow().isEmpty());
    }

    @Test
    void aServiceIsRenamedWhereverItIsNamed() {
        var z = new ServiceId("z");
        var after = new ServiceEdit.RenameService(A, z).apply(drawn());
        assertEquals(List.of(z, B), List.copyOf(after.services().keySet()));
        assertEquals(List.of(new LinkId(z, B)), List.copyOf(after.links().keySet()));
        assertEquals(z, after.proxies().values().iterator().next().service());
        assertTrue(after.layout().services().containsKey(z));
        assertEquals(List.of(z, B), after.groups().getFirst().services());
        var traffic = part(after, B).traffic();
        assertEquals(new Mirror("z", "v2", 5), traffic.routes().getFirst().mirror());
        assertEquals("z", traffic.allow().getFirst().from());
        assertEquals(drawn(), new ServiceEdit.RenameService(z, A).apply(after));
    }

    @Test
    void aSubsetIsRemovedFromSplitsMirrorsAndProxies() {
        var ofB = new SubsetEdit.RemoveSubset(B, "v2").apply(drawn());
        assertEquals(Map.of("v1", 90), part(ofB, B).traffic().routes().getFirst().split());
        var ofA = new SubsetEdit.RemoveSubset(A, "v2").apply(drawn());
        assertTrue(ofA.proxies().isEmpty());
        assertNull(part(ofA, B).traffic().routes().getFirst().mirror());
    }

    @Test
    void aSubsetIsRenamedInSplitsMirrorsAndProxies() {
        var ofB = new SubsetEdit.RenameSubset(B, "v2", "next").apply(drawn());
        assertEquals(
                Map.of("v1", 90, "next", 10), part(ofB, B).traffic().routes().getFirst().split());
        var ofA = new SubsetEdit.RenameSubset(A, "v2", "next").apply(drawn());
        assertEquals("next", ofA.proxies().values().iterator().next().subset());
        assertEquals(drawn(), new SubsetEdit.RenameSubset(A, "next", "v2").apply(ofA));
    }

    @Test
    void aWindowOutOfItsBoundsIsRefusedWithTheFieldAndTheMend() {
        var zero = new LinkEdit.SetBatchWindow(AB, BatchWindow.DEFAULT.withMaxItems(0));
        var refusal = zero.refusal(ab());
        assertNotNull(refusal);
        assertTrue(refusal.message().startsWith("maxItems: "), refusal.message());
        assertEquals("from 1 to 4096", refusal.mend());
        var target = BatchWindow.DEFAULT.withPolicy(BatchWindow.Policy.TARGET_P99);
        assertNotNull(new LinkEdit.SetBatchWindow(AB, target).refusal(ab()));
        assertNull(new LinkEdit.SetBatchWindow(AB, BatchWindow.DEFAULT).refusal(ab()));
    }

    @Test
    void aNameThatIsTakenOrIllFormedIsRefused() {
        assertNotNull(new ServiceEdit.RenameService(A, B).refusal(ab()));
        assertNotNull(new ServiceEdit.RenameService(A, new ServiceId("A b")).refusal(ab()));
        assertNotNull(new LinkEdit.AddLink(AB).refusal(ab()));
        assertNotNull(new SubsetEdit.RenameSubset(B, "v1", "v2").refusal(ab()));
        assertThrows(
                IllegalStateException.class, () -> new ServiceEdit.RenameService(A, B).apply(ab()));
    }

    @Test
    void aSplitOfALinkMakesTheRouteThatOverrides() {
        var owner = RouteEdit.Owner.of(AB);
        var after = new RouteEdit.SetRouteSplit(owner, "default", Map.of("v2", 1)).apply(ab());
        var link = after.link(AB);
        assertNotNull(link);
        assertEquals(Map.of("v2", 1), after.trafficOf(link).routes().getFirst().split());
    }

    @Test
    void aRouteIsMovedToItsPlaceInTheOrder() {
        var owner = RouteEdit.Owner.of(B);
        var two =
                new RouteEdit.SetRoute(
                                owner, new Route("two", null, Map.of(), null, null, null, null))
                        .apply(ab());
        var moved = new RouteEdit.MoveRoute(owner, "two", 0).apply(two);
        assertEquals(
                List.of("two", "default"),
                part(moved, B).traffic().routes().stream().map(Route::name).toList());
    }

    @Test
    void severalEditsAreDoneOrRefusedTogether() {
        var good =
                new WholeEdit.Several(
                        "Swap", List.of(new LinkEdit.RemoveLink(AB), new LinkEdit.AddLink(AB)));
        assertNull(good.refusal(ab()));
        assertEquals(ab(), good.apply(ab()));
        var bad =
                new WholeEdit.Several(
                        "Twice", List.of(new LinkEdit.RemoveLink(AB), new LinkEdit.RemoveLink(AB)));
        assertNotNull(bad.refusal(ab()));
    }
}
