package io.batchmesh.ui.inspector;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.edit.EditCommand;
import io.batchmesh.edit.RouteEdit;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.model.Link;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and changes one route. */
final class RouteEditor {
    private static final int MOST_ATTEMPTS = 10;

    private final Scope scope;
    private final RouteOwner owner;
    private final String name;

    RouteEditor(Scope scope, RouteOwner owner, String name) {
        this.scope = scope;
        this.owner = owner;
        this.name = name;
    }

    private Topology topology() {
        return scope.workspace().topology();
    }

    @Nullable Route route() {
        return owner.route(topology(), name);
    }

    String holds() {
        return owner.words(topology(), name);
    }

    /** The weights of all subsets of the service, zero where the route gives none. */
    Map<String, Integer> split() {
        var route = route();
        var result = new LinkedHashMap<String, Integer>();
        var service = topology().service(owner.service());
        if (service != null) {
            service.subsets().forEach(s -> result.put(s.name(), 0));
        }
        if (route != null) {
            result.putAll(route.split());
        }
        return result;
    }

    String changeSplit(Map<String, Integer> split, Object step) {
        var by = owner.editOwner(topology(), name, r -> !r.split().isEmpty());
        var before = owner.stored(topology(), by, name).split();
        var kept = new LinkedHashMap<String, Integer>();
        // A weight of zero that nobody wrote is not written either.
        split.forEach((subset, weight) -> {
            if (weight > 0 || before.containsKey(subset)) {
                kept.put(subset, weight);
            }
        });
        return edit(new RouteEdit.SetRouteSplit(by, name, kept), step);
    }

    Optional<Duration> timeout() {
        var route = route();
        return route == null ? Optional.empty() : Optional.ofNullable(route.timeout());
    }

    String changeTimeout(Optional<Duration> timeout, Object step) {
        if (timeout.isPresent() && timeout.get().isZero()) {
            return "no request is answered in no time; leave it empty for none";
        }
        var by = owner.editOwner(topology(), name, r -> r.timeout() != null);
        var route = owner.stored(topology(), by, name).withTimeout(timeout.orElse(null));
        return edit(new RouteEdit.SetRoute(by, route), step);
    }

    int attempts() {
        var route = route();
        var retry = route == null ? null : route.retry();
        return retry == null ? 0 : retry.attempts();
    }

    String changeAttempts(int attempts, Object step) {
        if (attempts < 0 || attempts > MOST_ATTEMPTS) {
            return "out of range; from 0 to " + MOST_ATTEMPTS;
        }
        var by = owner.editOwner(topology(), name, r -> r.retry() != null);
        var stored = owner.stored(topology(), by, name);
        var before = stored.retry();
        var retry =
                before == null
                        ? new Retry(attempts, null, List.of("connect-failure", "reset"))
                        : new Retry(attempts, before.perTryTimeout(), before.on());
        return edit(new RouteEdit.SetRoute(by, stored.withRetry(retry)), step);
    }

    private String edit(EditCommand command, Object step) {
        var refusal = command.refusal(topology());
        if (refusal != null) {
            return refusal.message() + "; " + refusal.mend();
        }
        scope.workspace().edit(command, List.of(owner, name, step));
        return "";
    }

    /** What proxies run where it is not what the edit says. */
    <T> String note(Function<Route, T> part, RunningLinks.Said<Optional<T>> edit) {
        Function<LinkConfig, Optional<T>> running =
                link ->
                        link.routes().stream()
                                .filter(r -> r.name().equals(name))
                                .findFirst()
                                .map(part);
        return RunningLinks.note(runs(), running, edit);
    }

    private List<RunningLinks.Run> runs() {
        var link = owner.link();
        return link == null ? scope.runs().to(owner.service()) : scope.runs().of(link);
    }

    /** The weights of a subset that proxies run, each once; empty while none is known. */
    List<Integer> running(String subset) {
        var weights = new LinkedHashSet<Integer>();
        for (var run : runs()) {
            for (var route : run.link().routes()) {
                if (route.name().equals(name)) {
                    weights.add(route.split().getOrDefault(subset, 0));
                }
            }
        }
        return List.copyOf(weights);
    }

    /** The share of a subset among all requests that were seen, 0 to 1; NaN where none were. */
    double seen(String subset) {
        double all = 0;
        double here = 0;
        for (var metrics : seenLinks()) {
            for (var entry : metrics.traffic().splitPerSecond().entrySet()) {
                double rate = Double.isNaN(entry.getValue()) ? 0 : entry.getValue();
                all += rate;
                here += entry.getKey().equals(subset) ? rate : 0;
            }
        }
        return all > 0 ? here / all : Double.NaN;
    }

    private List<LinkMetrics> seenLinks() {
        var snapshot = scope.workspace().snapshotProperty().get();
        var ids = new ArrayList<String>();
        var one = owner.link();
        if (one != null) {
            ids.add(one.toString());
        } else {
            topology().linksTo(owner.service()).stream()
                    .map(Link::id)
                    .forEach(l -> ids.add(l.toString()));
        }
        var found = new ArrayList<LinkMetrics>();
        for (var id : ids) {
            var metrics = snapshot.link(id);
            if (metrics != null) {
                found.add(metrics);
            }
        }
        return found;
    }
}
