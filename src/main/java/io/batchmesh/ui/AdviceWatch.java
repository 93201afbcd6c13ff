package io.batchmesh.ui;

import io.batchmesh.forecast.Advice;
import io.batchmesh.forecast.Advisor;
import io.batchmesh.forecast.Costs;
import io.batchmesh.forecast.LinkCase;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the advice of a workspace up to date: by what was seen in the last half minute, in the
 * background, at most every five seconds, and at once after an edit. FX thread.
 */
public final class AdviceWatch {
    /** Snapshots overlap, since a rate spans several readings: those in between are left out. */
    private static final Duration APART = Duration.ofSeconds(3);

    private static final int KEPT = 10;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration TOO_OLD = Duration.ofSeconds(10);

    private final Workspace workspace;
    private final Executor background;
    private final Deque<MeshSnapshot> seen = new ArrayDeque<>();
    private Instant asked = Instant.MIN;
    private boolean computing;
    private boolean again;

    /** Of the thread that computes: one at a time, and each sees what the last one left. */
    private final Map<LinkId, Told> told = new HashMap<>();

    private record Told(LinkCase of, List<Advice> advice) {}

    private AdviceWatch(Workspace workspace, Executor background) {
        this.workspace = workspace;
        this.background = background;
    }

    /** Begins to keep it up to date. */
    public static void over(Workspace workspace, Executor background) {
        var watch = new AdviceWatch(workspace, background);
        workspace.snapshotProperty().subscribe(s -> watch.see());
        workspace.topologyProperty().subscribe(t -> watch.ask());
    }

    private void see() {
        if (!workspace.shownTimeProperty().get().isLive()) {
            return;
        }
        var now = workspace.snapshotProperty().get();
        var last = seen.peekLast();
        if (last != null && now.at().isBefore(last.at().plus(APART))) {
            return;
        }
        seen.addLast(now);
        if (seen.size() > KEPT) {
            seen.removeFirst();
        }
        if (!now.at().isBefore(asked.plus(asked.equals(Instant.MIN) ? Duration.ZERO : PAUSE))) {
            ask();
        }
    }

    private void ask() {
        var last = seen.peekLast();
        if (last == null || computing) {
            again = computing;
            return;
        }
        asked = last.at();
        computing = true;
        var topology = workspace.topology();
        var snapshots = List.copyOf(seen);
        try {
            background.execute(() -> {
                var advice = advice(topology, snapshots);
                FxThread.run(() -> show(advice));
            });
        } catch (RejectedExecutionException e) {
            computing = false; // the program is ending
        }
    }

    private void show(List<Advice> advice) {
        computing = false;
        workspace.adviceProperty().set(advice);
        if (again) {
            again = false;
            ask();
        }
    }

    private List<Advice> advice(Topology topology, List<MeshSnapshot> snapshots) {
        var advisor = new Advisor(Costs.USUAL);
        var all = new ArrayList<Advice>();
        told.keySet().retainAll(topology.links().keySet());
        for (var link : topology.links().values()) {
            var now = seen(topology, link, snapshots).rounded();
            var before = told.get(link.id());
            if (before == null || !before.of().equals(now)) {
                before = new Told(now, advisor.of(now));
                told.put(link.id(), before);
            }
            all.addAll(before.advice());
        }
        all.sort(Advice.RANK);
        return List.copyOf(all);
    }

    private static LinkCase seen(Topology topology, Link link, List<MeshSnapshot> snapshots) {
        var cases = new ArrayList<LinkCase>();
        for (var snapshot : snapshots) {
            var metrics = fresh(snapshot, link.id());
            cases.add(
                    metrics == null
                            ? LinkCase.unseen(topology, link)
                            : LinkCase.measured(topology, link, metrics));
        }
        return LinkCase.over(cases);
    }

    private static @Nullable LinkMetrics fresh(MeshSnapshot snapshot, LinkId id) {
        var metrics = snapshot.link(id.toString());
        return metrics == null || metrics.age(snapshot.at()).compareTo(TOO_OLD) > 0
                ? null
                : metrics;
    }
}
