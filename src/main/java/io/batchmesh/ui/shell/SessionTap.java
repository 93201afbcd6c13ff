package io.batchmesh.ui.shell;

import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.observe.LiveTap;
import io.batchmesh.observe.TapView;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.ui.Tapping;
import io.batchmesh.ui.Workspace;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks at single requests in the sidecars of one environment, one tap at a time. */
final class SessionTap implements Tapping {
    private final Workspace workspace;
    private final Environment environment;
    private final SessionParts parts;
    private final AdminClient client;
    private @Nullable LiveTap last;

    SessionTap(
            Workspace workspace, Environment environment, SessionParts parts, AdminClient client) {
        this.workspace = workspace;
        this.environment = environment;
        this.parts = parts;
        this.client = client;
    }

    /** Whom a mesh that is only looked at could be tapped by. */
    static Tapping watching() {
        return (order, callers) ->
                new Start.Impossible(
                        "a Prometheus server knows no single requests; connect to the sidecars");
    }

    /** A tap as the window knows it. */
    private record Seen(LiveTap tap) implements Running {
        @Override
        public TapView view() {
            return tap.view();
        }

        @Override
        public boolean goesOn() {
            return tap.running();
        }

        @Override
        public void stop() {
            tap.stop();
        }
    }

    @Override
    public Start open(TapOrder order, Set<ServiceId> callers) {
        stop();
        var proxies =
                environment.proxies().stream().filter(p -> callers.contains(p.service())).toList();
        if (proxies.isEmpty()) {
            return new Start.Impossible(why(callers));
        }
        last = LiveTap.open(client, parts.io(), proxies, order, parts.push().author());
        return new Start.Begun(new Seen(last));
    }

    private String why(Set<ServiceId> callers) {
        var names = new TreeSet<String>();
        callers.forEach(c -> names.add(c.name()));
        if (names.isEmpty()) {
            return "nobody is drawn who calls it";
        }
        var others = new TreeSet<String>();
        for (var proxy : workspace.topology().proxies().values()) {
            if (callers.contains(proxy.service()) && proxy.kind() != ProxyKind.SIDECAR) {
                others.add(proxy.kind().label());
            }
        }
        var whose = String.join(", ", names);
        return others.isEmpty()
                ? "no sidecar of " + whose + " is known here"
                : "the proxies of %s are of the kind %s, which shows no single requests"
                        .formatted(whose, String.join(", ", others));
    }

    void stop() {
        if (last != null) {
            last.close();
            last = null;
        }
    }
}
