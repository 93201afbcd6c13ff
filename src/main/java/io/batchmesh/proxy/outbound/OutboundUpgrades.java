package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.http.Discard;
import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.http.UpgradePass;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.ShedCause;
import io.batchmesh.proxy.route.CompiledRoute;
import io.batchmesh.proxy.upstream.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the own service that ask for another protocol. They are routed and balanced like all,
 * but neither batched nor tried again; a switched connection counts as a request in flight.
 * Confined to the event loop.
 */
final class OutboundUpgrades {
    private final Lane lane;
    private final Set<UpgradePass> open = new HashSet<>();

    OutboundUpgrades(Lane lane) {
        this.lane = lane;
    }

    /** Connections that are being switched or are. */
    int open() {
        return open.size();
    }

    void abort() {
        List.copyOf(open).forEach(UpgradePass::abort);
    }

    /** Takes a request that asks for another protocol; null for one that goes on as HTTP/1.1. */
    @Nullable Intake accept(Incoming request, CompiledLink link, CompiledRoute route) {
        return switch (UpgradePass.asked(request.head())) {
            case NOTHING -> null;
            case OTHER ->
                    refuse(
                            request,
                            link,
                            route,
                            UpgradePass.refusal(request.head(), link.config().link()));
            case WEBSOCKET -> pass(request, link, route);
        };
    }

    private static Intake refuse(
            Incoming request, CompiledLink link, CompiledRoute route, Problem why) {
        link.meters().requests(route.config().name(), "none", why.status()).increment();
        request.reply(why.reply());
        return Discard.BODY;
    }

    private Intake pass(Incoming request, CompiledLink link, CompiledRoute route) {
        int subset = route.subset(lane.random());
        var headers = request.head().headers();
        var now = lane.ticker().nanos();
        var endpoint = link.subsets().get(subset).choose(headers, null, now);
        var name = link.config().link();
        if (endpoint == null) {
            var why = new Problem(503, "no-endpoint", "no endpoint is in use", name);
            return refuse(request, link, route, why);
        }
        if (!endpoint.hasRoom()) {
            link.meters().shed(ShedCause.REQUESTS);
            var why = "too many requests in flight to " + endpoint.address();
            return refuse(request, link, route, new Problem(503, "overload", why, name));
        }
        endpoint.started(false);
        var pass =
                new UpgradePass(
                        request,
                        endpoint.upgrades(),
                        lane,
                        route.timeoutNanos(),
                        (over, code) -> {
                            var to = link.subsetNames().get(subset);
                            link.meters().requests(route.config().name(), to, code).increment();
                            ended(over, endpoint);
                        });
        open.add(pass);
        // After its own fields were taken out, so that the route's changes stay.
        route.adjust(request.head());
        return pass;
    }

    private void ended(UpgradePass over, Endpoint endpoint) {
        open.remove(over);
        endpoint.finished(false);
    }
}
