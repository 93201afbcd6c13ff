package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is. It depends on what is drawn and how large the badges are, not on the numbers
 * themselves, so that it lasts while these change.
 *
 * @param cards by service, in the order of the topology
 * @param curves by link
 * @param badges by link
 * @param groups around their services
 * @param notes with their words
 * @param bounds around all; null when there is nothing
 */
record Geometry(
        Map<ServiceId, Box> cards,
        Map<LinkId, Curve> curves,
        Map<LinkId, Box> badges,
        List<GroupBox> groups,
        List<NoteBox> notes,
        @Nullable Box bounds) {
    private static final double GROUP_PAD = 20;
    private static final double GROUP_NAME = 22;

    static Geometry of(
            Topology topology,
            Map<ServiceId, Position> positions,
            Map<LinkId, CardSizes.Size> badgeSizes) {
        var cards = cards(topology, positions);
        var curves = new LinkRouter(cards).routes(topology.links().keySet());
        var badges = new BadgePlacer(cards.values(), curves).place(badgeSizes);
        var notes = notes(topology);
        var groups = groups(topology, cards);
        var all = new ArrayList<Box>(cards.values());
        all.addAll(badges.values());
        curves.values().forEach(curve -> all.add(curve.bounds()));
        notes.forEach(note -> all.add(note.box()));
        groups.forEach(group -> all.add(group.box()));
        return new Geometry(
                cards, curves, badges, groups, notes, all.stream().reduce(Box::union).orElse(null));
    }

    private static Map<ServiceId, Box> cards(
            Topology topology, Map<ServiceId, Position> positions) {
        var cards = new LinkedHashMap<ServiceId, Box>();
        for (var service : topology.services().values()) {
            var position = positions.get(service.id());
            if (position != null) {
                cards.put(service.id(), Places.box(position, CardSizes.of(service)));
            }
        }
        return cards;
    }

    private static List<NoteBox> notes(Topology topology) {
        var notes = new ArrayList<NoteBox>();
        for (var i = 0; i < topology.notes().size(); i++) {
            notes.add(NoteLines.of(i, topology.notes().get(i)));
        }
        return notes;
    }

    private static List<GroupBox> groups(Topology topology, Map<ServiceId, Box> cards) {
        var groups = new ArrayList<GroupBox>();
        for (var group : topology.groups()) {
            group.services().stream()
                    .filter(cards::containsKey)
                    .map(cards::get)
                    .reduce(Box::union)
                    .map(box -> box.grown(GROUP_PAD))
                    .ifPresent(box -> groups.add(new GroupBox(group.name(), named(box))));
        }
        return groups;
    }

    private static Box named(Box box) {
        return new Box(box.x(), box.y() - GROUP_NAME, box.width(), box.height() + GROUP_NAME);
    }
}
