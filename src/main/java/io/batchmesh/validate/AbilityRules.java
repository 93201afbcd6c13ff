package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ProxyKind.Ability;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Tls;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.policy.Route;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of proxies whose kind cannot do it. */
final class AbilityRules {
    private AbilityRules() {}

    static void check(Scope scope) {
        for (var link : scope.links()) {
            var called = scope.at(link);
            for (var kind : kinds(scope, link.id().from())) {
                byCaller(scope, link).forEach((ability, at) -> report(scope, kind, ability, at));
            }
            for (var kind : kinds(scope, link.id().to())) {
                atCalled(link, called).forEach((ability, at) -> report(scope, kind, ability, at));
            }
        }
        for (var service : scope.services()) {
            var at = scope.at(service).in("traffic");
            for (var kind : kinds(scope, service.id())) {
                secured(service.traffic(), at)
                        .forEach((ability, place) -> report(scope, kind, ability, place));
            }
        }
    }

    private static Set<ProxyKind> kinds(Scope scope, ServiceId service) {
        var kinds = EnumSet.noneOf(ProxyKind.class);
        scope.proxies(service).forEach(p -> kinds.add(p.kind()));
        return kinds;
    }

    private static void report(Scope scope, ProxyKind kind, Ability ability, Place at) {
        if (!kind.can(ability)) {
            scope.warn(
                    "BM-401",
                    at,
                    "a proxy of the kind %s cannot do this: %s"
                            .formatted(kind.label(), words(ability)),
                    "remove it, or use a sidecar there");
        }
    }

    private static String words(Ability ability) {
        return switch (ability) {
            case ROUTES -> "match requests to routes";
            case WEIGHTS -> "split by weight";
            case TIMEOUTS -> "timeouts";
            case RETRIES -> "retries";
            case MIRROR -> "send copies elsewhere";
            case ADJUSTMENTS -> "change headers and rewrite targets";
            case FAULTS -> "make faults on purpose";
            case BALANCING -> "choose how load is balanced";
            case FAILOVER -> "fail over by zone";
            case OUTLIERS -> "leave out endpoints that fail";
            case HEALTH_CHECKS -> "ask endpoints how they do";
            case BREAKER -> "circuit breakers";
            case TLS -> "TLS as set";
            case ALLOW -> "access rules";
            case BATCH -> "batch requests";
            case CACHE -> "answer from a cache";
            case COMPRESSION -> "compress";
        };
    }

    /** What the proxy of the calling service must do, and where that is said. */
    private static Map<Ability, Place> byCaller(Scope scope, Link link) {
        var uses = new EnumMap<Ability, Place>(Ability.class);
        var at = scope.at(link);
        window(link.batch(), at.in("batch"), uses);
        policies(link.traffic(), at.in("traffic"), uses);
        var called = scope.service(link.id().to());
        if (called != null) {
            policies(called.traffic(), scope.at(called).in("traffic"), uses);
        }
        return uses;
    }

    private static void window(@Nullable BatchWindow window, Place at, Map<Ability, Place> uses) {
        if (window == null) {
            return;
        }
        if (window.policy() != BatchWindow.Policy.OFF) {
            uses.put(Ability.BATCH, at.in("policy"));
        }
        if (window.cache() != null) {
            uses.put(Ability.CACHE, at.in("cache"));
        }
        var compression = window.compression();
        boolean compresses =
                compression != null
                        && compression.codec() != Compression.Codec.OFF
                        && compression.codec() != Compression.Codec.AUTO;
        if (compresses) {
            uses.put(Ability.COMPRESSION, at.in("compression"));
        }
    }

    private static void policies(Traffic traffic, Place at, Map<Ability, Place> uses) {
        for (int i = 0; i < traffic.routes().size(); i++) {
            route(traffic.routes().get(i), at.in("routes", i), uses);
        }
        var said = traffic.resilience();
        use(uses, Ability.BALANCING, said.loadBalancing(), at.in("loadBalancing"));
        use(uses, Ability.FAILOVER, said.failover(), at.in("failover"));
        use(uses, Ability.OUTLIERS, said.outlierDetection(), at.in("outlierDetection"));
        use(uses, Ability.HEALTH_CHECKS, said.healthCheck(), at.in("healthCheck"));
        use(uses, Ability.BREAKER, said.circuitBreaker(), at.in("circuitBreaker"));
    }

    private static void route(Route route, Place at, Map<Ability, Place> uses) {
        use(uses, Ability.ROUTES, route.match(), at.in("match"));
        use(uses, Ability.WEIGHTS, route.split().size() > 1 ? route : null, at.in("split"));
        use(uses, Ability.TIMEOUTS, route.timeout(), at.in("timeout"));
        use(uses, Ability.RETRIES, route.retry(), at.in("retry"));
        use(uses, Ability.MIRROR, route.mirror(), at.in("mirror"));
        use(uses, Ability.FAULTS, route.fault(), at.in("fault"));
        var adjust = route.adjust();
        use(uses, Ability.ADJUSTMENTS, adjust.request(), at.in("requestHeaders"));
        use(uses, Ability.ADJUSTMENTS, adjust.response(), at.in("responseHeaders"));
        use(uses, Ability.ADJUSTMENTS, adjust.rewrite(), at.in("rewrite"));
    }

    private static Map<Ability, Place> atCalled(Link link, Place at) {
        return secured(link.traffic(), at.in("traffic"));
    }

    private static Map<Ability, Place> secured(Traffic traffic, Place at) {
        var uses = new EnumMap<Ability, Place>(Ability.class);
        var tls = traffic.tls();
        boolean on = tls != null && tls.mode() != Tls.Mode.OFF;
        use(uses, Ability.TLS, on ? tls : null, at.in("tls"));
        use(uses, Ability.ALLOW, traffic.allow().isEmpty() ? null : traffic, at.in("allow"));
        return uses;
    }

    private static void use(
            Map<Ability, Place> uses, Ability ability, @Nullable Object said, Place at) {
        if (said != null) {
            uses.putIfAbsent(ability, at);
        }
    }
}
