package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.AdjustmentsCheck;
import io.batchmesh.policy.Route;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.SafeRegex;
import io.batchmesh.policy.TextMatch;
import io.batchmesh.quantity.Durations;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Routes that no request takes, or that lead nowhere. */
final class RouteRules {
    /**
     * What Java's expressions have and RE2's have not: look-around, back references, possession.
     */
    private static final Pattern NOT_RE2 =
            Pattern.compile("\\(\\?(?:[=!>]|<[=!])|\\\\[1-9]|\\\\k<|[*+?}]\\+");

    private static final int LONGEST = 60;

    private RouteRules() {}

    static void check(Scope scope) {
        for (var service : scope.services()) {
            var at = scope.at(service).in("traffic");
            routes(scope, service.traffic().routes(), at);
            order(scope, service.traffic().routes(), at);
            unmatched(scope, service.traffic(), at);
        }
        for (var link : scope.links()) {
            var at = scope.at(link).in("traffic");
            routes(scope, link.traffic().routes(), at);
            hidden(scope, link, at);
        }
    }

    private static void routes(Scope scope, List<Route> routes, Place traffic) {
        for (int i = 0; i < routes.size(); i++) {
            var at = traffic.in("routes", i);
            weights(scope, routes.get(i), at);
            times(scope, routes.get(i), at);
            match(scope, routes.get(i).match(), at.in("match"));
            adjustments(scope, routes.get(i), at);
        }
    }

    private static void weights(Scope scope, Route route, Place at) {
        long sum = 0;
        for (var share : route.split().entrySet()) {
            sum += share.getValue();
            if (share.getValue() < 0) {
                scope.error(
                        "BM-302",
                        at.in("split", share.getKey()),
                        "the weight of '" + share.getKey() + "' is negative",
                        "0 or more");
                return;
            }
        }
        if (!route.split().isEmpty() && sum == 0) {
            scope.error(
                    "BM-301",
                    at.in("split"),
                    "the weights of route '" + route.name() + "' add up to 0",
                    "give at least one subset a weight");
        }
    }

    private static void times(Scope scope, Route route, Place at) {
        var timeout = route.timeout();
        if (timeout != null && timeout.isZero()) {
            scope.error(
                    "BM-315",
                    at.in("timeout"),
                    "a timeout of nothing lets no request through",
                    "leave it out for none, or set one such as 3s");
            return;
        }
        var retry = route.retry();
        var once = retry == null ? null : retry.perTryTimeout();
        if (timeout != null && once != null && once.compareTo(timeout) > 0) {
            scope.warn(
                    "BM-307",
                    at.in("retry", "perTryTimeout"),
                    "one try may take %s, the whole request only %s"
                            .formatted(Durations.format(once), Durations.format(timeout)),
                    "set it below " + Durations.format(timeout));
        }
    }

    private static void adjustments(Scope scope, Route route, Place at) {
        for (var fault : AdjustmentsCheck.of(route.adjust(), route.match())) {
            var place = at.in(fault.place().toArray());
            scope.error("BM-317", place, fault.message(), fault.mend());
        }
    }

    private static void match(Scope scope, @Nullable RouteMatch match, Place at) {
        if (match == null) {
            return;
        }
        regex(scope, match.path(), at.in("path", "regex"));
        regexes(scope, match.headers(), at.in("headers"));
        regexes(scope, match.query(), at.in("query"));
        for (int i = 0; i < match.methods().size(); i++) {
            var method = match.methods().get(i);
            if (!method.equals(method.toUpperCase(Locale.ROOT))) {
                scope.warn(
                        "BM-316",
                        at.in("methods", i),
                        "methods are told apart by case, so '" + method + "' hardly ever comes",
                        "write " + method.toUpperCase(Locale.ROOT));
            }
        }
    }

    private static void regexes(Scope scope, Map<String, TextMatch> matches, Place at) {
        matches.forEach((name, match) -> regex(scope, match, at.in(name, "regex")));
    }

    private static void regex(Scope scope, @Nullable TextMatch match, Place at) {
        if (!(match instanceof TextMatch.Regex regex)) {
            return;
        }
        var text = regex.text();
        var shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        if (NOT_RE2.matcher(text).find()) {
            scope.error(
                    "BM-306",
                    at,
                    "'" + shown + "' uses what RE2 has not: no proxy takes it",
                    "write it without look-around, back references and possessive counts");
        } else if (SafeRegex.compile(text) instanceof SafeRegex.Compiled.Bad(String why)) {
            scope.error(
                    "BM-305",
                    at,
                    "'%s' is no regular expression: %s".formatted(shown, why),
                    "correct it, or match a prefix");
        }
    }

    /** The first match wins, so nothing gets past a route that takes all. */
    private static void order(Scope scope, List<Route> routes, Place traffic) {
        Route all = null;
        var before = new HashMap<RouteMatch, Route>();
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            var match = route.match();
            var same = all == null && match != null ? before.putIfAbsent(match, route) : all;
            if (same != null) {
                scope.warn(
                        "BM-304",
                        traffic.in("routes", i),
                        "no request reaches route '%s': '%s' before it takes them all"
                                .formatted(route.name(), same.name()),
                        "move it up, or remove it");
            } else if (takesAll(match)) {
                all = route;
            }
        }
    }

    static boolean takesAll(@Nullable RouteMatch match) {
        if (match == null) {
            return true;
        }
        boolean anyPath =
                match.path() == null
                        || (match.path() instanceof TextMatch.Prefix(String prefix)
                                && (prefix.isEmpty() || prefix.equals("/")));
        return anyPath
                && match.methods().isEmpty()
                && match.headers().isEmpty()
                && match.query().isEmpty();
    }

    /** A link's routes that the service does not have come first. */
    private static void hidden(Scope scope, Link link, Place at) {
        var called = scope.service(link.id().to());
        if (called == null || called.traffic().routes().isEmpty()) {
            return;
        }
        var routes = link.traffic().routes();
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            if (called.traffic().route(route.name()) == null && takesAll(route.match())) {
                scope.warn(
                        "BM-304",
                        at.in("routes", i),
                        "route '%s' takes all requests before the routes of %s"
                                .formatted(route.name(), called.name()),
                        "give it the name of the route that it is to override, or a match");
            }
        }
    }

    private static void unmatched(Scope scope, Traffic traffic, Place at) {
        var routes = traffic.routes();
        if (!routes.isEmpty() && routes.stream().noneMatch(r -> takesAll(r.match()))) {
            scope.info(
                    "BM-310",
                    at.in("routes"),
                    "requests that match no route are answered with 404",
                    "add a last route without a match, if that is not meant");
        }
    }
}
