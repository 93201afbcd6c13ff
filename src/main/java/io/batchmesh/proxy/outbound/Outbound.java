package io.batchmesh.proxy.outbound;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.policy.Failover;
import io.batchmesh.proxy.http.Dial;
import io.batchmesh.proxy.http.Discard;
import io.batchmesh.proxy.http.Forwarded;
import io.batchmesh.proxy.http.HopByHop;
import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.http.RequestHandler;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.route.CompiledRoute;
import io.batchmesh.proxy.tap.Taps;
import io.batchmesh.proxy.tls.PeerTls;
import io.batchmesh.proxy.tls.SidecarTls;
import io.batchmesh.proxy.trace.Tracer;
import io.batchmesh.proxy.upstream.Balancer;
import io.batchmesh.proxy.upstream.Endpoint;
import io.batchmesh.proxy.upstream.Way;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The calls of the own service. Confined to the event loop of its lane. */
public final class Outbound implements RequestHandler {
    private final Lane lane;
    private final Function<String, LinkMeters> meters;
    private final Map<String, LinkState> states = new HashMap<>();
    private final @Nullable SidecarTls tls;
    private final Mirrors mirrors;
    private final OutboundUpgrades upgrades;
    private final Taps taps;
    private Map<String, CompiledLink> byHost = Map.of();
    private @Nullable Tracer tracer;
    private Set<String> unbatched = Set.of();
    private Set<String> ejected = Set.of();

    /**
     * Takes no calls until it is configured.
     *
     * @param meters the meters of a link by its name, the same ones each time
     */
    public Outbound(Lane lane, Function<String, LinkMeters> meters) {
        this(lane, meters, null);
    }

    /**
     * Takes no calls until it is configured.
     *
     * @param meters the meters of a link by its name, the same ones each time
     * @param tls how peers are called where that is secured; null when it never is
     */
    public Outbound(Lane lane, Function<String, LinkMeters> meters, @Nullable SidecarTls tls) {
        this.lane = lane;
        this.meters = meters;
        this.tls = tls;
        this.mirrors = new Mirrors(lane, this::link);
        this.upgrades = new OutboundUpgrades(lane);
        this.taps = new Taps(lane);
    }

    /** Takes a config for all requests that come from now on; nothing of them is traced. */
    public void configure(ProxyConfig config, Addresses addresses) {
        configure(config, addresses, null);
    }

    /**
     * Takes a config for all requests that come from now on.
     *
     * @param traces begins spans, or null where nothing is traced
     */
    public void configure(ProxyConfig config, Addresses addresses, @Nullable Tracer traces) {
        tracer = traces;
        var next = new HashMap<String, CompiledLink>();
        var kept = new HashSet<Endpoint.Key>();
        for (var link : config.links()) {
            var compiled = compile(config, link, addresses, kept);
            next.put(link.host().toLowerCase(Locale.ROOT), compiled);
        }
        byHost = Map.copyOf(next);
        states.values().forEach(state -> retire(state, kept));
        states.values().removeIf(state -> state.endpoints().isEmpty());
    }

    /** Takes what is switched by hand, for all requests from now on and all that wait. */
    public void override(List<OverrideEntry> overrides) {
        unbatched = subjects(overrides, OverrideEntry.Kind.BATCHING_OFF);
        ejected = subjects(overrides, OverrideEntry.Kind.ENDPOINT_EJECTED);
        states.forEach(this::override);
    }

    private static Set<String> subjects(List<OverrideEntry> all, OverrideEntry.Kind kind) {
        return all.stream()
                .filter(o -> o.kind() == kind)
                .map(OverrideEntry::subject)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void override(String link, LinkState state) {
        boolean off = unbatched.contains(link);
        state.batchingOff(off);
        for (var endpoint : state.endpoints().values()) {
            endpoint.batchingOff(off);
            endpoint.ejectedByHand(ejected.contains(endpoint.address()));
        }
    }

    private static void retire(LinkState state, Set<Endpoint.Key> kept) {
        var endpoints = state.endpoints().values().iterator();
        while (endpoints.hasNext()) {
            var endpoint = endpoints.next();
            if (!kept.contains(endpoint.key())) {
                endpoints.remove();
                endpoint.retire();
            }
        }
    }

    private CompiledLink compile(
            ProxyConfig config, LinkConfig link, Addresses addresses, Set<Endpoint.Key> kept) {
        var state = states.computeIfAbsent(link.link(), name -> new LinkState(meters.apply(name)));
        var names = new ArrayList<String>();
        var numbers = new HashMap<String, Integer>();
        var subsets = new ArrayList<Balancer>();
        link.subsets()
                .forEach((name, upstreams) -> {
                    numbers.put(name, names.size());
                    names.add(name);
                    var members = new ArrayList<Balancer.Member>();
                    for (var upstream : upstreams) {
                        var endpoint =
                                endpoint(
                                        state,
                                        Way.of(config, link, upstream),
                                        link,
                                        upstream,
                                        addresses);
                        kept.add(endpoint.key());
                        int tier =
                                tier(config.zone(), upstream.zone(), link.resilience().failover());
                        members.add(new Balancer.Member(endpoint, upstream.weight(), tier));
                    }
                    subsets.add(
                            new Balancer(link.resilience().balancing(), members, lane.random()));
                });
        override(link.link(), state);
        var routes = new ArrayList<CompiledRoute>();
        for (var route : link.routes()) {
            routes.add(new CompiledRoute(route, routes.size(), numbers));
        }
        return new CompiledLink(
                link,
                state,
                List.copyOf(routes),
                List.copyOf(names),
                List.copyOf(subsets),
                state.budget(),
                state.cache(link.batch().cache(), lane.clocks()),
                CompiledLink.wholeLimit(link),
                tracer);
    }

    private Endpoint endpoint(
            LinkState state,
            Way way,
            LinkConfig link,
            LinkConfig.Upstream upstream,
            Addresses addresses) {
        var key = new Endpoint.Key(link.link(), upstream.address(), upstream.peer(), way);
        var endpoint =
                state.endpoints()
                        .computeIfAbsent(
                                key,
                                k -> {
                                    var dial = dial(way, addresses.get(k.address()));
                                    return new Endpoint(
                                            lane, k, dial, state.meters(), state.group());
                                });
        endpoint.configure(link);
        return endpoint;
    }

    private Dial dial(Way way, SocketAddress address) {
        if (!way.tls().on()) {
            return new Dial(address, way.protocol(), null);
        }
        if (tls == null) {
            throw new IllegalStateException("no TLS is spoken here");
        }
        return new Dial(address, way.protocol(), new PeerTls(tls, way.tls(), way.identity()));
    }

    /** There are new certificates: what is secured goes by new connections from now on. */
    public void renewSecured() {
        for (var state : states.values()) {
            for (var endpoint : state.endpoints().values()) {
                if (endpoint.key().way().tls().on()) {
                    endpoint.renew();
                }
            }
        }
    }

    /** 0 for the own zone, then the order of failover, then the rest; 0 for all without one. */
    private static int tier(
            @Nullable String own, @Nullable String zone, @Nullable Failover failover) {
        if (failover == null || own == null || own.equals(zone)) {
            return 0;
        }
        for (var rule : failover.zones()) {
            if (rule.from().equals(own)) {
                int at = zone == null ? -1 : rule.to().indexOf(zone);
                return at < 0 ? rule.to().size() + 1 : at + 1;
            }
        }
        return 1;
    }

    @Override
    public Intake accept(Incoming request) {
        var head = request.head();
        var host = head.headers().get(HttpHeaderNames.HOST, "");
        var link = link(host);
        if (link == null) {
            request.reply(
                    new Problem(404, Problem.NO_LINK, "no link to '" + host + "' from here", null)
                            .reply());
            return Discard.BODY;
        }
        if (HopByHop.isLoop(head.headers())) {
            turnedAway(request, link, 508);
            request.reply(HopByHop.loop(link.config().link()).reply());
            return Discard.BODY;
        }
        var route = link.route(head);
        if (route == null) {
            turnedAway(request, link, 404);
            request.reply(
                    new Problem(
                                    404,
                                    "no-route",
                                    "no route takes this request",
                                    link.config().link())
                            .reply());
            return Discard.BODY;
        }
        Forwarded.outgoing(head.headers(), request.channel());
        if (head.headers().contains(HttpHeaderNames.UPGRADE)) {
            var switching = upgrades.accept(request, link, route);
            if (switching != null) {
                return switching;
            }
        }
        var tapped = taps.arrived(link.config().link(), route.config().name(), head);
        HopByHop.strip(head);
        route.adjust(head);
        var target = new Exchange.Target(link, route, route.subset(lane.random()), tapped, false);
        return new Exchange(lane, target, request, mirrors);
    }

    /** A request that no route takes. */
    private void turnedAway(Incoming request, CompiledLink link, int code) {
        link.meters().requests("none", "none", code).increment();
        var tapped = taps.arrived(link.config().link(), "none", request.head());
        if (tapped != null) {
            long arrived = request.arrivedNanos();
            long now = lane.ticker().nanos();
            tapped.over(code, arrived, now, () -> TapTale.turnedAway(link, code, now - arrived));
        }
    }

    private @Nullable CompiledLink link(String host) {
        var found = byHost.get(host);
        if (found != null) {
            return found;
        }
        int colon = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
        var name = colon > 0 ? host.substring(0, colon) : host;
        return byHost.get(name.toLowerCase(Locale.ROOT));
    }

    /** Who looks at single requests. */
    public Taps taps() {
        return taps;
    }

    /** The endpoints of each link and how they do. */
    public ObjectNode status() {
        long now = lane.ticker().nanos();
        return ObjectWriter.object(o ->
                states.forEach((link, state) ->
                        o.putArray(
                                link,
                                state.endpoints().values(),
                                endpoint -> endpoint.status(now))));
    }

    /** Opens no more connections and closes those that are idle; what is at hand goes on. */
    public void finish() {
        states.values().forEach(s -> s.endpoints().values().forEach(Endpoint::finish));
    }

    /** Connections that are in the hands of another protocol. */
    public int switched() {
        return upgrades.open();
    }

    /** Breaks everything off. */
    public void abort() {
        upgrades.abort();
        states.values().forEach(s -> s.endpoints().values().forEach(Endpoint::abort));
    }

    /** Closes what was idle for too long. */
    public void sweep() {
        long now = lane.ticker().nanos();
        states.values().forEach(s -> s.endpoints().values().forEach(e -> e.sweep(now)));
    }
}
