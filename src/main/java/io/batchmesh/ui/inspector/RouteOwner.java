package io.batchmesh.ui.inspector;

import io.batchmesh.edit.RouteEdit;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose routes are shown and edited. Routes belong to the service that is called and hold for all
 * of its callers; a link may override parts of them, and then that part is the link's.
 *
 * @param service who is called
 * @param link the link that is looked at, or null for the service itself
 */
record RouteOwner(ServiceId service, @Nullable LinkId link) {
    /** What holds, in the order in which it is tried. */
    List<Route> routes(Topology topology) {
        var found = link == null ? null : topology.link(link);
        return found == null ? ofService(topology).routes() : topology.trafficOf(found).routes();
    }

    /** The route that holds; null where there is none of this name. */
    @Nullable Route route(Topology topology, String name) {
        return routes(topology).stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether the link says this part of the route by itself. */
    boolean isOverridden(Topology topology, String name, Predicate<Route> says) {
        var own = ofLink(topology).route(name);
        return own != null && (ofService(topology).route(name) == null || says.test(own));
    }

    /** Whose route is edited when that part of it is. */
    RouteEdit.Owner editOwner(Topology topology, String name, Predicate<Route> says) {
        return link != null && isOverridden(topology, name, says)
                ? RouteEdit.Owner.of(link)
                : RouteEdit.Owner.of(service);
    }

    /** The route as its owner has it, without the parts of others. */
    Route stored(Topology topology, RouteEdit.Owner owner, String name) {
        var traffic =
                owner instanceof RouteEdit.Owner.OfLink ? ofLink(topology) : ofService(topology);
        var route = traffic.route(name);
        return route == null ? new Route(name, null, Map.of(), null, null, null, null) : route;
    }

    /** The parts that hold for this link alone, in words; empty where none does. */
    String words(Topology topology, String name) {
        var own = new ArrayList<String>();
        if (isOverridden(topology, name, r -> !r.split().isEmpty())) {
            own.add("split");
        }
        if (isOverridden(topology, name, r -> r.timeout() != null)) {
            own.add("timeout");
        }
        if (isOverridden(topology, name, r -> r.retry() != null)) {
            own.add("tries");
        }
        return own.isEmpty() ? "" : String.join(" and ", own) + ": for this link alone";
    }

    private Traffic ofService(Topology topology) {
        Service found = topology.service(service);
        return found == null ? Traffic.NONE : found.traffic();
    }

    private Traffic ofLink(Topology topology) {
        Link found = link == null ? null : topology.link(link);
        return found == null ? Traffic.NONE : found.traffic();
    }
}
