package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many requests the local mesh sends over each link: the rate that a link gives, or the rate at
 * which its calling service is called, times the calls for each. Where calls go round in a circle
 * they add up, as long as each round is weaker than the one before.
 */
public final class SimulatedRates {
    private static final int MOST_ROUNDS = 1_000;
    private static final int MOST_STEPS = 5_000_000;
    private static final double PRECISION = 1e-9;
    private static final double ENDLESS = 1e9;

    private final Map<ServiceId, List<Link>> out = new HashMap<>();
    private final Map<ServiceId, List<Link>> in = new HashMap<>();
    private final Map<ServiceId, Double> served = new HashMap<>();
    private final Map<LinkId, Double> links = new LinkedHashMap<>();
    private final Set<ServiceId> circle;
    private final boolean endless;

    private SimulatedRates(Topology topology) {
        for (var link : topology.links().values()) {
            var rate = link.simulated().rate();
            if (rate != null) {
                served.merge(link.id().to(), rate, Double::sum);
            } else if (link.simulated().calls() > 0) {
                out.computeIfAbsent(link.id().from(), k -> new ArrayList<>()).add(link);
                in.computeIfAbsent(link.id().to(), k -> new ArrayList<>()).add(link);
            }
        }
        var rest = straight(topology);
        circle = circle(rest);
        var once = new HashMap<ServiceId, Double>();
        circle.forEach(s -> once.put(s, 1.0));
        endless = !settle(circle, once);
        if (!endless) {
            settle(rest, served);
        }
        topology.links().values().forEach(l -> links.put(l.id(), rate(l)));
    }

    /** The rates of a topology. */
    public static SimulatedRates of(Topology topology) {
        return new SimulatedRates(topology);
    }

    /** Requests per second over a link; 0 where there is no such link, or no load. */
    public double of(LinkId link) {
        return links.getOrDefault(link, 0.0);
    }

    /** Requests per second that a service serves. */
    public double of(ServiceId service) {
        return served.getOrDefault(service, 0.0);
    }

    /**
     * Whether a request can cause calls without end. Then the rates in the circle, and behind it,
     * count only what comes from outside of it.
     */
    public boolean isEndless() {
        return endless;
    }

    /** The services whose calls may come back to them. */
    public Set<ServiceId> circle() {
        return circle;
    }

    private double rate(Link link) {
        var rate = link.simulated().rate();
        return rate == null ? of(link.id().from()) * link.simulated().calls() : rate;
    }

    /** Passes load on along all that is before any circle; gives the services that are left. */
    private Set<ServiceId> straight(Topology topology) {
        var waiting = new HashMap<ServiceId, Integer>();
        in.forEach((service, calls) -> waiting.put(service, calls.size()));
        var rest = new LinkedHashSet<>(topology.services().keySet());
        rest.addAll(in.keySet());
        rest.addAll(out.keySet());
        var ready = new ArrayDeque<ServiceId>();
        rest.stream().filter(s -> !waiting.containsKey(s)).forEach(ready::add);
        while (!ready.isEmpty()) {
            var service = ready.removeFirst();
            rest.remove(service);
            for (var link : out.getOrDefault(service, List.of())) {
                var to = link.id().to();
                served.merge(to, of(service) * link.simulated().calls(), Double::sum);
                if (waiting.merge(to, -1, Integer::sum) == 0) {
                    ready.add(to);
                }
            }
        }
        return rest;
    }

    /** What is left without what lies only behind a circle. */
    private Set<ServiceId> circle(Set<ServiceId> rest) {
        var left = new LinkedHashSet<>(rest);
        var leading = new HashMap<ServiceId, Integer>();
        for (var service : left) {
            long on =
                    out.getOrDefault(service, List.of()).stream()
                            .filter(l -> left.contains(l.id().to()))
                            .count();
            leading.put(service, (int) on);
        }
        var ends = new ArrayDeque<ServiceId>();
        left.stream().filter(s -> leading.getOrDefault(s, 0) == 0).forEach(ends::add);
        while (!ends.isEmpty()) {
            var service = ends.removeFirst();
            left.remove(service);
            for (var link : in.getOrDefault(service, List.of())) {
                var from = link.id().from();
                if (left.contains(from) && leading.merge(from, -1, Integer::sum) == 0) {
                    ends.add(from);
                }
            }
        }
        return left;
    }

    /**
     * Adds to the load of some services what they cause among themselves, round by round
     * (Gauss-Seidel); false when the rounds do not die down.
     */
    private boolean settle(Set<ServiceId> some, Map<ServiceId, Double> load) {
        var from = new HashMap<ServiceId, Double>();
        some.forEach(s -> from.put(s, load.getOrDefault(s, 0.0)));
        int steps = 1 + some.stream().mapToInt(s -> in.getOrDefault(s, List.of()).size()).sum();
        int rounds = Math.clamp(MOST_STEPS / steps, 10, MOST_ROUNDS);
        for (int round = 0; round < rounds; round++) {
            double change = 0;
            double most = 1;
            for (var service : some) {
                double now = from.getOrDefault(service, 0.0);
                for (var link : in.getOrDefault(service, List.of())) {
                    if (some.contains(link.id().from())) {
                        double caller = load.getOrDefault(link.id().from(), 0.0);
                        now += caller * link.simulated().calls();
                    }
                }
                var before = load.put(service, now);
                change = Math.max(change, Math.abs(now - (before == null ? 0 : before)));
                most = Math.max(most, now);
            }
            if (change <= PRECISION * most) {
                return true;
            }
            if (most > ENDLESS) {
                return false;
            }
        }
        return false;
    }
}
