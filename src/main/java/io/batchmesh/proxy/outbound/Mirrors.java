package io.batchmesh.proxy.outbound;

import io.batchmesh.policy.Mirror;
import io.batchmesh.proxy.cache.Lookup;
import io.batchmesh.proxy.loop.Lane;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests that the proxy makes of its own accord: copies for mirrors, and renewals. */
final class Mirrors {
    /** So many at a time; a mirror that is slow must not pile up. */
    private static final int MAX_OPEN = 256;

    private static final List<CharSequence> CALLERS_OWN =
            List.of(
                    HttpHeaderNames.CACHE_CONTROL,
                    HttpHeaderNames.PRAGMA,
                    HttpHeaderNames.IF_NONE_MATCH,
                    HttpHeaderNames.IF_MODIFIED_SINCE);

    private final Lane lane;
    private final Function<String, @Nullable CompiledLink> links;
    private int open;

    /**
     * For one lane.
     *
     * @param links the link to a host in the config that runs
     */
    Mirrors(Lane lane, Function<String, @Nullable CompiledLink> links) {
        this.lane = lane;
        this.links = links;
    }

    /** Sends a copy elsewhere, if there is a link to there. */
    void copy(Mirror mirror, OutgoingRequest request, CompiledLink from, long now) {
        boolean same = from.config().host().equals(mirror.service());
        var link = same ? from : links.apply(mirror.service());
        if (link == null) {
            return;
        }
        var caller = new SilentCaller(request, now);
        var route = link.route(caller.head());
        if (route == null) {
            return;
        }
        int named = mirror.subset() == null ? -1 : link.subsetNames().indexOf(mirror.subset());
        int subset = named < 0 ? route.subset(lane.random()) : named;
        send(new Exchange.Target(link, route, subset, null, true), caller, request, null);
    }

    /** Renews what the cache has of a request. */
    void renew(Exchange like, OutgoingRequest request, Lookup.Renewal renewal) {
        var caller = new SilentCaller(request, lane.ticker().nanos());
        // What the caller asked of the cache is answered; this is asked for all.
        CALLERS_OWN.forEach(caller.head().headers()::remove);
        var target = new Exchange.Target(like.link(), like.route(), like.subset(), null, true);
        if (!send(target, caller, request, renewal)) {
            renewal.flight().failed();
        }
    }

    private boolean send(
            Exchange.Target target,
            SilentCaller caller,
            OutgoingRequest request,
            Lookup.@Nullable Renewal renewal) {
        if (open >= MAX_OPEN) {
            return false;
        }
        open++;
        var exchange = new Exchange(lane, target, caller, this);
        caller.hears(new Ended(exchange));
        if (renewal != null) {
            exchange.renews(renewal);
        }
        exchange.silently(request.whole().content(), EmptyHttpHeaders.INSTANCE);
        return true;
    }

    /** Counts it out when it ends. */
    private final class Ended implements SilentCaller.Listener {
        private final Exchange exchange;

        Ended(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void answered() {
            open--;
            exchange.replied(lane.ticker().nanos());
        }

        @Override
        public void broken() {
            open--;
            exchange.cancelled();
        }
    }
}
