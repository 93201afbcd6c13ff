package io.batchmesh.edit;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.Ordered;
import io.batchmesh.policy.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Edits of routes, of a service or of a link that overrides them. */
public sealed interface RouteEdit extends EditCommand {
    /** Whose routes are meant. */
    sealed interface Owner {
        /** Those that hold for all callers of a service. */
        record OfService(ServiceId service) implements Owner {
            @Override
            public String toString() {
                return service.toString();
            }
        }

        /** Those of one link. */
        record OfLink(LinkId link) implements Owner {
            @Override
            public String toString() {
                return Parts.arrow(link);
            }
        }

        static Owner of(ServiceId service) {
            return new OfService(service);
        }

        static Owner of(LinkId link) {
            return new OfLink(link);
        }
    }

    /** An edit that can be carried out wherever its route is. */
    sealed interface OfRoute extends RouteEdit {
        Owner owner();

        String route();

        @Override
        default @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(missing(before, owner()), noRoute(before, owner(), route())));
        }
    }

    /** Sets the weights of a route by subset; a route that a link does not have yet is made. */
    record SetRouteSplit(Owner owner, String route, Map<String, Integer> split)
            implements RouteEdit {
        public SetRouteSplit {
            split = Ordered.copy(split);
        }

        @Override
        public String label() {
            return "Change weights of " + route + " of " + owner;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(missing(before, owner), Parts.blank("route", route), negative()));
        }

        private @Nullable Refusal negative() {
            return split.values().stream().anyMatch(w -> w < 0 || w > 1_000_000)
                    ? new Refusal("a weight is out of range", "from 0 to 1000000")
                    : null;
        }

        @Override
        public Topology apply(Topology before) {
            return change(
                    before, owner, routes -> put(routes, named(routes, route).withSplit(split)));
        }
    }

    /** Puts a route in place of the one of the same name, or behind the others. */
    record SetRoute(Owner owner, Route route) implements RouteEdit {
        @Override
        public String label() {
            return "Change route " + route.name() + " of " + owner;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(missing(before, owner), Parts.blank("route", route.name())));
        }

        @Override
        public Topology apply(Topology before) {
            return change(before, owner, routes -> put(routes, route));
        }
    }

    /** Removes a route. */
    record RemoveRoute(Owner owner, String route) implements OfRoute {
        @Override
        public String label() {
            return "Remove route " + route + " of " + owner;
        }

        @Override
        public Topology apply(Topology before) {
            return change(
                    before, owner, routes -> Parts.without(routes, r -> r.name().equals(route)));
        }
    }

    /** Moves a route to a place in the order in which routes are tried, from 0. */
    record MoveRoute(Owner owner, String route, int to) implements OfRoute {
        @Override
        public String label() {
            return "Move route " + route + " of " + owner;
        }

        @Override
        public Topology apply(Topology before) {
            return change(
                    before,
                    owner,
                    routes -> {
                        var rest =
                                new ArrayList<>(Parts.without(routes, r -> r.name().equals(route)));
                        rest.add(Math.clamp(to, 0, rest.size()), named(routes, route));
                        return rest;
                    });
        }
    }

    private static @Nullable Refusal missing(Topology t, Owner owner) {
        return switch (owner) {
            case Owner.OfService s -> Parts.noService(t, s.service());
            case Owner.OfLink l -> Parts.noLink(t, l.link());
        };
    }

    private static @Nullable Refusal noRoute(Topology t, Owner owner, String route) {
        var traffic =
                switch (owner) {
                    case Owner.OfService s -> {
                        var service = t.service(s.service());
                        yield service == null ? Traffic.NONE : service.traffic();
                    }
                    case Owner.OfLink l -> {
                        var link = t.link(l.link());
                        yield link == null ? Traffic.NONE : link.traffic();
                    }
                };
        return traffic.route(route) == null
                ? new Refusal("there is no route '" + route + "' of " + owner, "add it first")
                : null;
    }

    private static Route named(List<Route> routes, String name) {
        return routes.stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Route(name, null, Map.of(), null, null, null, null));
    }

    private static List<Route> put(List<Route> routes, Route route) {
        boolean there = routes.stream().anyMatch(r -> r.name().equals(route.name()));
        return there
                ? Parts.replace(routes, r -> r.name().equals(route.name()), _ -> route)
                : Parts.plus(routes, route);
    }

    private static Topology change(Topology t, Owner owner, UnaryOperator<List<Route>> f) {
        UnaryOperator<Traffic> traffic = x -> x.withRoutes(f.apply(x.routes()));
        return switch (owner) {
            case Owner.OfService s ->
                    Parts.service(t, s.service(), x -> x.withTraffic(traffic.apply(x.traffic())));
            case Owner.OfLink l ->
                    Parts.link(t, l.link(), x -> x.withTraffic(traffic.apply(x.traffic())));
        };
    }
}
