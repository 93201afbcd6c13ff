package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arranges large topologies in columns of bounded height, callers left of the called. With hundreds
 * of services no arrangement keeps all links apart; this one keeps the services together, in a
 * shape that fits a screen, and takes milliseconds. The same topology always gets the same places.
 */
final class ColumnLayout {
    private static final double BETWEEN_LAYERS = 168;
    private static final double BETWEEN_COLUMNS = 72;
    private static final double BETWEEN_CARDS = 40;

    /** Rows for one service of a square root, so that the whole is about as wide as a screen. */
    private static final double ROWS = 1.25;

    private static final int SWEEPS = 4;

    private final Topology topology;
    private final Map<ServiceId, List<ServiceId>> calls = new HashMap<>();
    private final Map<ServiceId, List<ServiceId>> callers = new HashMap<>();
    private final Map<ServiceId, Integer> layerOf = new HashMap<>();
    private final Map<ServiceId, Double> order = new HashMap<>();

    private ColumnLayout(Topology topology) {
        this.topology = topology;
        for (var link : topology.links().keySet()) {
            var known =
                    topology.services().containsKey(link.from())
                            && topology.services().containsKey(link.to())
                            && !link.from().equals(link.to());
            if (known) {
                calls.computeIfAbsent(link.from(), k -> new ArrayList<>()).add(link.to());
                callers.computeIfAbsent(link.to(), k -> new ArrayList<>()).add(link.from());
            }
        }
    }

    /** A place for every service; none of them pinned. */
    static Map<ServiceId, Position> of(Topology topology) {
        var layout = new ColumnLayout(topology);
        layout.findLayers();
        return layout.place(layout.layers());
    }

    /**
     * The longest way from a service that nobody calls, without the links that close a circle (A.
     * B. Kahn 1962, with the first service left taken where every one left is called).
     */
    private void findLayers() {
        var waiting = new LinkedHashMap<ServiceId, Integer>();
        var ready = new ArrayDeque<ServiceId>();
        for (var id : topology.services().keySet()) {
            var called = callers.getOrDefault(id, List.of()).size();
            waiting.put(id, called);
            layerOf.put(id, 0);
            if (called == 0) {
                ready.add(id);
            }
        }
        Set<ServiceId> done = new HashSet<>();
        var rest = waiting.keySet().iterator();
        while (done.size() < waiting.size()) {
            var next = ready.poll();
            next = next == null ? rest.next() : next;
            if (done.add(next)) {
                release(next, waiting, ready, done);
            }
        }
    }

    private void release(
            ServiceId id,
            Map<ServiceId, Integer> waiting,
            ArrayDeque<ServiceId> ready,
            Set<ServiceId> done) {
        var layer = layerOf.getOrDefault(id, 0);
        for (var called : calls.getOrDefault(id, List.of())) {
            if (!done.contains(called)) {
                layerOf.merge(called, layer + 1, Math::max);
                if (waiting.merge(called, -1, Integer::sum) == 0) {
                    ready.add(called);
                }
            }
        }
    }

    /** The services of each layer, ordered so that links cross less (barycentres, some sweeps). */
    private List<List<ServiceId>> layers() {
        var layers = new ArrayList<List<ServiceId>>();
        for (var id : topology.services().keySet()) {
            var layer = layerOf.getOrDefault(id, 0);
            while (layers.size() <= layer) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer).add(id);
        }
        layers.removeIf(List::isEmpty);
        layers.forEach(this::number);
        for (var sweep = 0; sweep < SWEEPS; sweep++) {
            var down = sweep % 2 == 0;
            for (var layer : down ? layers : layers.reversed()) {
                sort(layer, down ? callers : calls);
            }
        }
        return layers;
    }

    private void sort(List<ServiceId> layer, Map<ServiceId, List<ServiceId>> neighbours) {
        var centres = new HashMap<ServiceId, Double>();
        for (var id : layer) {
            centres.put(
                    id,
                    neighbours.getOrDefault(id, List.of()).stream()
                            .mapToDouble(n -> order.getOrDefault(n, 0.5))
                            .average()
                            .orElse(order.getOrDefault(id, 0.5)));
        }
        layer.sort(
                Comparator.<ServiceId>comparingDouble(id -> centres.getOrDefault(id, 0.5))
                        .thenComparingDouble(id -> order.getOrDefault(id, 0.5)));
        number(layer);
    }

    /** Places in a layer from 0 to 1, whatever its size. */
    private void number(List<ServiceId> layer) {
        for (var i = 0; i < layer.size(); i++) {
            order.put(layer.get(i), (i + 0.5) / layer.size());
        }
    }

    private Map<ServiceId, Position> place(List<List<ServiceId>> layers) {
        var rows = (int) Math.max(6, Math.round(ROWS * Math.sqrt(topology.services().size())));
        var placed = new HashMap<ServiceId, Position>();
        double x = 0;
        for (var layer : layers) {
            var columns = (layer.size() + rows - 1) / rows;
            var height = (layer.size() + columns - 1) / columns;
            for (var from = 0; from < layer.size(); from += height) {
                var column = layer.subList(from, Math.min(layer.size(), from + height));
                x += placeColumn(column, x, placed) + BETWEEN_COLUMNS;
            }
            x += BETWEEN_LAYERS - BETWEEN_COLUMNS;
        }
        var inOrder = new LinkedHashMap<ServiceId, Position>();
        for (var id : topology.services().keySet()) {
            var position = placed.get(id);
            if (position != null) {
                inOrder.put(id, position);
            }
        }
        return inOrder;
    }

    /** Centred on the same height as the others; returns its width. */
    private double placeColumn(List<ServiceId> column, double x, Map<ServiceId, Position> placed) {
        double height = -BETWEEN_CARDS;
        double width = 0;
        for (var id : column) {
            var size = size(id);
            height += size.height() + BETWEEN_CARDS;
            width = Math.max(width, size.width());
        }
        var y = -height / 2;
        for (var id : column) {
            placed.put(id, new Position(ElkLayout.snapped(x), ElkLayout.snapped(y), false));
            y += size(id).height() + BETWEEN_CARDS;
        }
        return width;
    }

    private CardSizes.Size size(ServiceId id) {
        var service = topology.service(id);
        return service == null ? new CardSizes.Size(0, 0) : CardSizes.of(service);
    }
}
