package io.batchmesh.ui.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AutoLayoutTest {
    private static final Topology BOUTIQUE = SampleMeshes.sample("online-boutique");

    @Test
    void the_same_topology_always_gets_the_same_places() {
        assertEquals(
                AutoLayout.complete(BOUTIQUE, Map.of()), AutoLayout.complete(BOUTIQUE, Map.of()));
    }

    @Test
    void callers_stand_left_of_the_called_and_no_two_cards_overlap() {
        var places = AutoLayout.complete(BOUTIQUE, Map.of());

        for (var link : BOUTIQUE.links().keySet()) {
            assertTrue(at(places, link.from()).x() < at(places, link.to()).x(), link::toString);
        }
        assertNoOverlap(BOUTIQUE, places);
    }

    @Test
    void adding_a_service_moves_no_other() {
        var before = AutoLayout.complete(BOUTIQUE, Map.of());
        var added =
                BOUTIQUE.with(SampleMeshes.service("wishlist"))
                        .with(SampleMeshes.link("frontend", "wishlist"));

        var after = AutoLayout.complete(added, before);

        before.forEach((id, position) -> assertEquals(position, after.get(id), id::name));
        assertTrue(
                at(after, new ServiceId("wishlist")).x()
                        > at(after, new ServiceId("frontend")).x());
        assertNoOverlap(added, after);
    }

    @Test
    void tidying_leaves_pinned_services_where_they_are() {
        var places = new HashMap<>(AutoLayout.complete(BOUTIQUE, Map.of()));
        var pinned = new Position(4000, 2000, true);
        places.put(new ServiceId("adservice"), pinned);

        var tidied = AutoLayout.tidy(BOUTIQUE, places);

        assertEquals(pinned, tidied.get(new ServiceId("adservice")));
        assertNoOverlap(BOUTIQUE, tidied);
    }

    @Test
    void a_large_topology_keeps_a_shape_that_fits_a_screen() {
        var large = SampleMeshes.layered(600, 900);

        var places = AutoLayout.complete(large, Map.of());

        assertNoOverlap(large, places);
        var bounds =
                large.services().values().stream()
                        .map(s -> Places.box(at(places, s.id()), CardSizes.of(s)))
                        .reduce(Box::union)
                        .orElseThrow();
        var aspect = bounds.width() / bounds.height();
        assertTrue(aspect > 0.8 && aspect < 4, "width by height is " + aspect);
    }

    private static Position at(Map<ServiceId, Position> places, ServiceId id) {
        return Objects.requireNonNull(places.get(id));
    }

    private static void assertNoOverlap(Topology topology, Map<ServiceId, Position> places) {
        assertEquals(topology.services().keySet(), places.keySet());
        var boxes = new ArrayList<Box>();
        for (var service : topology.services().values()) {
            var box = Places.box(at(places, service.id()), CardSizes.of(service));
            assertTrue(boxes.stream().noneMatch(box::intersects), service::name);
            boxes.add(box);
        }
    }
}
