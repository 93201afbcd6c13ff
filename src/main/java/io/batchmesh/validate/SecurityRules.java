package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Tls;
import io.batchmesh.model.Traffic;
import org.jspecify.annotations.Nullable;

/** TLS and access rules that do less than they seem to, where our own sidecar holds them. */
final class SecurityRules {
    private final Scope scope;

    private SecurityRules(Scope scope) {
        this.scope = scope;
    }

    static void check(Scope scope) {
        var rules = new SecurityRules(scope);
        for (var service : scope.services()) {
            if (!rules.isOthers(service)) {
                var at = scope.at(service).in("traffic");
                rules.identities(service.traffic(), rules.mode(service), at);
            }
        }
        for (var link : scope.links()) {
            var called = scope.service(link.id().to());
            if (called != null && !rules.isOthers(called)) {
                rules.link(link, called);
            }
        }
    }

    /** Whether all proxies of a service are of other kinds. */
    private boolean isOthers(Service service) {
        var proxies = scope.proxies(service.id());
        return !proxies.isEmpty() && proxies.stream().noneMatch(p -> p.kind() == ProxyKind.SIDECAR);
    }

    /** The strongest mode that the service or a link to it asks for: it has one listener. */
    private Tls.Mode mode(Service service) {
        var strongest = asked(service.traffic());
        for (var link : scope.links()) {
            var asked = asked(link.traffic());
            boolean here = link.id().to().equals(service.id());
            if (here && asked != null && (strongest == null || asked.compareTo(strongest) > 0)) {
                strongest = asked;
            }
        }
        return strongest == null ? Tls.Mode.OFF : strongest;
    }

    private static Tls.@Nullable Mode asked(Traffic traffic) {
        var tls = traffic.tls();
        return tls == null ? null : tls.mode();
    }

    private void link(Link link, Service called) {
        var mode = mode(called);
        var at = scope.at(link).in("traffic");
        identities(link.traffic(), mode, at);
        var asked = asked(link.traffic());
        if (asked != null && asked != mode) {
            scope.warn(
                    "BM-453",
                    at.in("tls", "mode"),
                    "the sidecars of %s have one listener, which speaks %s TLS to all callers"
                            .formatted(called.name(), mode.label()),
                    "say the same here, or nothing");
        }
        var caller = scope.service(link.id().from());
        if (mode != Tls.Mode.OFF && caller != null && caller.kind() == ServiceKind.EXTERNAL) {
            scope.warn(
                    "BM-454",
                    scope.at(link),
                    "%s is external, so it has no sidecar that could call %s by TLS"
                            .formatted(caller.name(), called.name()),
                    "let a gateway take its calls");
        }
    }

    private void identities(Traffic traffic, Tls.Mode mode, Place at) {
        if (!traffic.allow().isEmpty() && mode != Tls.Mode.MUTUAL) {
            scope.warn(
                    "BM-452",
                    at.in("allow"),
                    "without mutual TLS a sidecar does not know who calls: only methods and paths"
                            + " are held, by whomever they are called",
                    "set traffic.tls.mode to mutual");
        }
    }
}
