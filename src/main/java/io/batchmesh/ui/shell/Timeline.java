package io.batchmesh.ui.shell;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.alert.AlertEvent;
import io.batchmesh.metrics.Mark;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.push.Change;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.shell.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that happened, put together: what changed the proxies' configs, whoever did it; what was
 * switched by hand; alerts; notes. What belongs onto the plots is marked there, once. A config that
 * a proxy's metrics name, and that neither a push nor the proxy's history explains within ten
 * seconds, was written by somebody who left no trace. Bounded. FX thread.
 */
final class Timeline {
    private static final int MOST = 2_000;
    private static final int MOST_SEEN = 500;
    private static final Duration EXPLAINED_WITHIN = Duration.ofSeconds(10);

    private final Workspace workspace;
    private final Map<String, String> versions = new HashMap<>();
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final Map<OverrideKey, TimelineEntry> switched = new LinkedHashMap<>();
    private final ArrayDeque<TimelineEntry> byHand = new ArrayDeque<>();
    private final LinkedHashSet<String> marked = new LinkedHashSet<>();
    private final Set<Mark> ownMarks = new HashSet<>();

    /** A proxy was seen to run something else. */
    private record Turn(Instant at, String proxy, String service, String version) {}

    private record OverrideKey(OverrideEntry.Kind kind, String subject) {}

    Timeline(Workspace workspace) {
        this.workspace = workspace;
        workspace.switchedProperty().subscribe(s -> switches());
    }

    /** Takes in what was seen last; called for each snapshot. */
    void look() {
        var seen = workspace.newest();
        for (var proxy : seen.proxies().values()) {
            var version = proxy.version();
            if (version != null) {
                var before = versions.put(proxy.proxy(), version);
                if (before != null && !before.equals(version)) {
                    turns.addLast(new Turn(seen.at(), proxy.proxy(), proxy.service(), version));
                    if (turns.size() > MOST_SEEN) {
                        turns.removeFirst();
                    }
                }
            }
        }
        mark();
    }

    private void switches() {
        var now = new HashSet<OverrideKey>();
        for (var entries : workspace.switchedProperty().get().byProxy().values()) {
            for (var entry : entries) {
                var key = new OverrideKey(entry.kind(), entry.subject());
                if (now.add(key)) {
                    switched.computeIfAbsent(key, k -> note(switched(entry)));
                }
            }
        }
        for (var all = switched.entrySet().iterator(); all.hasNext(); ) {
            var gone = all.next();
            if (!now.contains(gone.getKey())) {
                all.remove();
                note(
                        new TimelineEntry(
                                workspace.clocks().now(),
                                Kind.BY_HAND,
                                gone.getValue().what() + ": taken back, or over",
                                "",
                                gone.getValue().where(),
                                gone.getValue().target()));
            }
        }
    }

    private TimelineEntry note(TimelineEntry entry) {
        byHand.addLast(entry);
        if (byHand.size() > MOST_SEEN) {
            byHand.removeFirst();
        }
        return entry;
    }

    private static TimelineEntry switched(OverrideEntry entry) {
        var link = LinkId.parse(entry.subject());
        boolean batching = entry.kind() == OverrideEntry.Kind.BATCHING_OFF;
        return new TimelineEntry(
                entry.since(),
                Kind.BY_HAND,
                batching ? "batching off" : "endpoint out",
                entry.author() == null ? "" : entry.author(),
                entry.subject().replace("->", " → "),
                batching && link != null ? Selection.of(link) : Selection.NONE);
    }

    /** All entries, newest first; of a recording only its notes. */
    List<TimelineEntry> entries() {
        var all = new ArrayList<TimelineEntry>();
        if (workspace.recording().isEmpty()) {
            all.addAll(happened());
        }
        for (var mark : workspace.shownPast().marks()) {
            if (!ownMarks.contains(mark) && !told(mark, all)) {
                all.add(
                        new TimelineEntry(
                                mark.at(), Kind.NOTE, mark.label(), "", "", Selection.NONE));
            }
        }
        all.sort(Comparator.comparing(TimelineEntry::at).reversed());
        return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    }

    /** A push of this window has its mark already. */
    private static boolean told(Mark mark, List<TimelineEntry> all) {
        return all.stream().anyMatch(e -> e.kind() == Kind.PUSH && e.mark().equals(mark.label()));
    }

    private List<TimelineEntry> happened() {
        var all = new ArrayList<TimelineEntry>();
        workspace.changesProperty().get().forEach(c -> all.add(entry(c)));
        all.addAll(byHand);
        workspace.alerts().events().forEach(e -> all.add(entry(e)));
        all.addAll(unexplained());
        return all;
    }

    private TimelineEntry entry(Change change) {
        var kind =
                switch (change.kind()) {
                    case PUSH -> Kind.PUSH;
                    case FOREIGN -> Kind.FOREIGN;
                    case REVERTED -> Kind.REVERTED;
                    case START -> Kind.START;
                };
        int all = change.proxies().size();
        var where =
                all == 1 ? change.proxies().getFirst().name() : all == 0 ? "" : all + " proxies";
        var name = change.push().isEmpty() ? "config" : change.push();
        return new TimelineEntry(
                change.at(),
                kind,
                name + ": " + change.words(),
                change.who(),
                where,
                target(change));
    }

    private Selection target(Change change) {
        if (change.proxies().size() != 1) {
            return Selection.NONE;
        }
        var seen = workspace.newest().proxies().get(change.proxies().getFirst().name());
        return seen == null ? Selection.NONE : Selection.of(new ServiceId(seen.service()));
    }

    private TimelineEntry entry(AlertEvent event) {
        var alert = event.alert();
        boolean page = alert.urgency() == AlertRule.Urgency.PAGE;
        var kind =
                switch (event.kind()) {
                    case FIRING -> page ? Kind.ALERT : Kind.TICKET;
                    case SILENT -> Kind.TICKET;
                    case RESOLVED, DROPPED -> Kind.RESOLVED;
                };
        var words =
                switch (event.kind()) {
                    case FIRING -> AlertWords.fact(alert);
                    case SILENT -> "fired, and has no data now";
                    case RESOLVED -> "does not hold any more: " + AlertWords.fact(alert);
                    case DROPPED -> "its rule was changed";
                };
        return new TimelineEntry(
                event.at(),
                kind,
                alert.rule().name() + ": " + words,
                "",
                AlertWords.thing(alert),
                AlertWords.target(alert, workspace));
    }

    private List<TimelineEntry> unexplained() {
        var known = workspace.changesProperty().get();
        var limit = workspace.newest().at().minus(EXPLAINED_WITHIN);
        var all = new ArrayList<TimelineEntry>();
        for (var turn : turns) {
            boolean told =
                    known.stream()
                            .filter(c ->
                                    c.proxies().stream()
                                            .anyMatch(p -> p.name().equals(turn.proxy())))
                            .map(c -> Duration.between(c.at(), turn.at()).abs())
                            .anyMatch(d -> d.compareTo(Duration.ofSeconds(30)) <= 0);
            if (!told && turn.at().isBefore(limit)) {
                all.add(
                        new TimelineEntry(
                                turn.at(),
                                Kind.FOREIGN,
                                "runs %s, and no push of this user explains it"
                                        .formatted(brief(turn.version())),
                                "",
                                turn.proxy(),
                                Selection.of(new ServiceId(turn.service()))));
            }
        }
        return all;
    }

    private static String brief(String version) {
        return version.substring(0, Math.min(8, version.length()));
    }

    /** What somebody else wrote lately, newest first. */
    List<TimelineEntry> foreign(Instant since) {
        return happened().stream()
                .filter(e -> e.kind() == Kind.FOREIGN && e.at().isAfter(since))
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .toList();
    }

    private void mark() {
        var oldest = workspace.newest().at().minus(TimeView.LONGEST);
        var before = workspace.past().marks();
        for (var entry : happened()) {
            if (!entry.kind().marked() || entry.at().isBefore(oldest) || !marked.add(entry.key())) {
                continue;
            }
            boolean there =
                    before.stream()
                            .anyMatch(m ->
                                    entry.kind() == Kind.PUSH && m.label().equals(entry.mark()));
            if (!there) {
                var mark = new Mark(entry.at(), entry.mark());
                ownMarks.add(mark);
                workspace.past().mark(mark);
            }
        }
        while (marked.size() > 2 * MOST) {
            marked.removeFirst();
        }
        if (ownMarks.size() > MOST) {
            ownMarks.retainAll(new HashSet<>(workspace.past().marks()));
        }
    }
}
