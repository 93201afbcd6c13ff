package io.batchmesh.validate;

import io.batchmesh.model.Protocol;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Service;
import java.util.Map;

/**
 * What a topology can say and our own sidecar does not do yet: a finding, never silence. An entry
 * leaves {@link #TABLE} with the change that makes the sidecar do it.
 */
final class NotActing {
    /** The one list of what the sidecar does not do yet, with what happens instead. */
    static final Map<Feature, String> TABLE = Map.of(Feature.H2, "HTTP/1.1 is spoken there");

    /** What may be missing. */
    enum Feature {
        H2
    }

    private final Scope scope;

    private NotActing(Scope scope) {
        this.scope = scope;
    }

    static void check(Scope scope) {
        var rules = new NotActing(scope);
        for (var service : scope.services()) {
            if (!rules.isOthers(service)) {
                rules.service(service);
            }
        }
    }

    /** Whether all proxies of a service are of other kinds. */
    private boolean isOthers(Service service) {
        var proxies = scope.proxies(service.id());
        return !proxies.isEmpty() && proxies.stream().noneMatch(p -> p.kind() == ProxyKind.SIDECAR);
    }

    private void service(Service service) {
        var at = scope.at(service);
        for (int i = 0; i < service.ports().size(); i++) {
            var protocol = service.ports().get(i).protocol();
            if (protocol == Protocol.H2 || protocol == Protocol.GRPC) {
                report(Feature.H2, at.in("ports", i, "protocol"), protocol.label());
            }
        }
    }

    private void report(Feature feature, Place at, String what) {
        var instead = TABLE.get(feature);
        if (instead == null) {
            return;
        }
        var message = "the sidecar does not do this yet: " + what + "; " + instead;
        var mend = "do not rely on it, or use another kind of proxy";
        scope.info("BM-451", at, message, mend);
    }
}
