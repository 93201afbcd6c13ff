package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkMargin;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortAlignment;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Arranges a topology in layers from left to right, callers before the called, by the algorithm of
 * the Eclipse Layout Kernel. The same topology always gets the same places. It takes up to seconds:
 * never on the FX thread.
 */
public final class ElkLayout {
    /** Places are multiples of this, so that cards line up. */
    static final double GRID = 8;

    /** Between two layers there is room for the badges on the links. */
    private static final double BETWEEN_LAYERS = 168;

    private static final double BETWEEN_CARDS = 48;
    private static final double BETWEEN_LINKS = 20;

    /** From here on the quicker way of placing, which is a little less even. */
    private static final int MANY = 60;

    /** Rounds of uncrossing links. */
    private static final int ROUNDS = 5;

    private ElkLayout() {}

    /** A place for every service, the upper left one near the origin; none of them pinned. */
    static Map<ServiceId, Position> of(Topology topology) {
        if (topology.services().isEmpty()) {
            return Map.of();
        }
        var root = ElkGraphUtil.createGraph();
        configure(root, topology.services().size());
        var nodes = new LinkedHashMap<ServiceId, ElkNode>();
        for (var service : topology.services().values()) {
            nodes.put(service.id(), node(root, CardSizes.of(service)));
        }
        addLinks(topology, nodes);
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        var positions = new LinkedHashMap<ServiceId, Position>();
        nodes.forEach((id, node) -> positions.put(id, position(node)));
        return Straightening.of(topology, positions);
    }

    private static void configure(ElkNode root, int services) {
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(CoreOptions.RANDOM_SEED, 1);
        root.setProperty(CoreOptions.PADDING, new ElkPadding(0));
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        root.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, true);
        root.setProperty(CoreOptions.SPACING_COMPONENT_COMPONENT, 2 * BETWEEN_CARDS);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_CARDS);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, BETWEEN_LINKS);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, BETWEEN_LINKS);
        root.setProperty(
                LayeredOptions.NODE_PLACEMENT_STRATEGY,
                services > MANY
                        ? NodePlacementStrategy.BRANDES_KOEPF
                        : NodePlacementStrategy.NETWORK_SIMPLEX);
        root.setProperty(LayeredOptions.THOROUGHNESS, ROUNDS);
    }

    /** Links leave and arrive at the height of the name, where {@link Ports} spreads them. */
    private static ElkNode node(ElkNode root, CardSizes.Size size) {
        var node = ElkGraphUtil.createNode(root);
        node.setDimensions(size.width(), size.height());
        node.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_SIDE);
        node.setProperty(CoreOptions.NODE_SIZE_CONSTRAINTS, EnumSet.noneOf(SizeConstraint.class));
        node.setProperty(CoreOptions.PORT_ALIGNMENT_DEFAULT, PortAlignment.CENTER);
        node.setProperty(CoreOptions.SPACING_PORT_PORT, Ports.SPREAD);
        node.setProperty(
                CoreOptions.SPACING_PORTS_SURROUNDING,
                new ElkMargin(0, 0, size.height() - CardSizes.HEAD, 0));
        return node;
    }

    private static void addLinks(Topology topology, Map<ServiceId, ElkNode> nodes) {
        for (var link : topology.links().values()) {
            var from = nodes.get(link.id().from());
            var to = nodes.get(link.id().to());
            if (from != null && to != null && from != to) {
                ElkGraphUtil.createSimpleEdge(port(from, PortSide.EAST), port(to, PortSide.WEST));
            }
        }
    }

    private static ElkPort port(ElkNode node, PortSide side) {
        var port = ElkGraphUtil.createPort(node);
        port.setProperty(CoreOptions.PORT_SIDE, side);
        return port;
    }

    private static Position position(ElkNode node) {
        return new Position(snapped(node.getX()), snapped(node.getY()), false);
    }

    static double snapped(double value) {
        return Math.round(value / GRID) * GRID;
    }
}
