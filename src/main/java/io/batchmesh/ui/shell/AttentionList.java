package io.batchmesh.ui.shell;

import io.batchmesh.alert.Alert;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.observe.Disagreement;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.shell.AttentionItem.Rank;
import io.batchmesh.ui.theme.Formats;
import io.batchmesh.validate.Finding;
import io.batchmesh.validate.Severity;
import io.batchmesh.validate.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What needs attention in a window, ranked: by {@link Rank}, within one by when it began as far as
 * that is known. Of one rank at most {@link #MOST_ALIKE} are told one by one, so that a thousand
 * proxies gone leave room for what else is wrong.
 */
final class AttentionList {
    /** Told one by one of the same rank. */
    static final int MOST_ALIKE = 3;

    private final Workspace workspace;
    private final List<AttentionItem> items = new ArrayList<>();

    private AttentionList(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * All that there is, the most urgent first.
     *
     * @param foreign what somebody else wrote lately
     */
    static List<AttentionItem> of(Workspace workspace, List<TimelineEntry> foreign) {
        var list = new AttentionList(workspace);
        list.foreign(foreign);
        list.alerts();
        list.proxies();
        list.endpoints();
        list.byHand();
        list.disagreements();
        list.findings();
        list.drift();
        return list.ranked();
    }

    private List<AttentionItem> ranked() {
        items.sort(Comparator.comparing(AttentionItem::rank));
        var ranked = new ArrayList<AttentionItem>();
        for (int i = 0; i < items.size(); ) {
            var rank = items.get(i).rank();
            int end = i;
            while (end < items.size() && items.get(end).rank() == rank) {
                end++;
            }
            // Findings are short lists that people work through.
            boolean all = end - i <= MOST_ALIKE + 1 || rank.compareTo(Rank.NO_DATA) > 0;
            ranked.addAll(items.subList(i, all ? end : i + MOST_ALIKE));
            if (!all) {
                ranked.add(rest(rank, end - i - MOST_ALIKE));
            }
            i = end;
        }
        return ranked;
    }

    private static AttentionItem rest(Rank rank, int count) {
        var words =
                switch (rank) {
                    case PAGE, TICKET -> "alerts fire too";
                    case SILENT -> "proxies do not answer either";
                    case STALE -> "proxies have not answered lately either";
                    case BREAKER -> "links have an open breaker too";
                    case EJECTED -> "links lack endpoints too";
                    case NO_DATA -> "alerts have no data either";
                    default -> "are like that too";
                };
        boolean alert = rank == Rank.PAGE || rank == Rank.TICKET || rank == Rank.NO_DATA;
        var tab = alert ? PlotsView.ALERTS : PlotsView.TABLE;
        return new AttentionItem(
                rank,
                count + " more",
                words,
                Selection.NONE,
                new AttentionItem.Act.Tab(tab),
                List.of());
    }

    private void add(Rank rank, String title, String note, Selection target) {
        items.add(new AttentionItem(rank, title, note, target));
    }

    private void alerts() {
        for (var alert : workspace.calling()) {
            boolean silent = alert.phase() == Alert.Phase.NO_DATA;
            var rank =
                    silent
                            ? Rank.NO_DATA
                            : alert.urgency() == AlertRule.Urgency.PAGE ? Rank.PAGE : Rank.TICKET;
            var link = LinkId.parse(alert.subject());
            var ofLink = link == null ? null : workspace.topology().link(link);
            items.add(
                    new AttentionItem(
                            rank,
                            AlertWords.thing(alert),
                            alert.rule().name() + ": " + (silent ? gone() : told(alert)),
                            AlertWords.target(alert, workspace),
                            null,
                            ofLink == null || silent ? List.of() : List.of(ofLink.id())));
        }
        if (workspace.shownTimeProperty().get().isLive()) {
            workspace.alerts().alertsProperty().get().stream()
                    .filter(a -> a.phase() == Alert.Phase.NO_DATA && !a.rule().target().isEach())
                    .filter(a -> workspace.calling().stream().noneMatch(a::equals))
                    .forEach(a ->
                            add(
                                    Rank.NO_DATA,
                                    AlertWords.thing(a),
                                    a.rule().name() + ": no data, so nobody knows",
                                    AlertWords.target(a, workspace)));
        }
    }

    private static String gone() {
        return "it fired, and now there is no data";
    }

    private String told(Alert alert) {
        var since = Duration.between(alert.since(), workspace.shownMoment());
        var words = AlertWords.fact(alert) + ", for " + TimeMenu.worded(since);
        var proxy = workspace.snapshotProperty().get().proxies().get(alert.subject());
        return proxy == null || proxy.reason() == null ? words : words + ", " + proxy.reason();
    }

    /** Whether an alert tells of it already. */
    private boolean told(AlertMeasure measure, String subject) {
        return workspace.calling().stream()
                .anyMatch(a ->
                        a.subject().equals(subject)
                                && a.rule().condition() instanceof AlertCondition.Threshold t
                                && t.measure() == measure);
    }

    private void proxies() {
        for (var proxy : workspace.snapshotProperty().get().proxies().values()) {
            if (proxy.state() != ProxyState.LIVE && !told(AlertMeasure.DOWN, proxy.proxy())) {
                add(
                        proxy.state() == ProxyState.STALE ? Rank.STALE : Rank.SILENT,
                        proxy.proxy(),
                        silence(proxy),
                        Selection.of(new ServiceId(proxy.service())));
            }
        }
    }

    private String silence(ProxyMetrics proxy) {
        var seen = proxy.lastSeen();
        var now = workspace.shownMoment();
        var age = seen == null ? "never seen" : "seen " + Formats.age(Duration.between(seen, now));
        return age + (proxy.reason() == null ? "" : ", " + proxy.reason());
    }

    private void endpoints() {
        for (var link : workspace.snapshotProperty().get().links().values()) {
            var traffic = link.traffic();
            if (!traffic.openBreakers().isEmpty()
                    && !told(AlertMeasure.OPEN_BREAKERS, link.link())) {
                of(link, Rank.BREAKER, "breaker open: " + some(traffic.openBreakers()));
            }
            if (!traffic.unhealthy().isEmpty()) {
                of(link, Rank.EJECTED, "fails its checks: " + some(traffic.unhealthy()));
            } else if (traffic.ejectionsPerSecond() > 0) {
                of(link, Rank.EJECTED, "endpoints are left out for their failures");
            }
        }
    }

    private void of(LinkMetrics metrics, Rank rank, String note) {
        var link = LinkId.parse(metrics.link());
        var drawn = link == null ? null : workspace.topology().link(link);
        items.add(
                new AttentionItem(
                        rank,
                        metrics.link().replace("->", " → "),
                        note,
                        drawn == null ? Selection.NONE : Selection.of(drawn.id()),
                        null,
                        drawn == null ? List.of() : List.of(drawn.id())));
    }

    private static String some(List<String> endpoints) {
        int more = endpoints.size() - 1;
        return endpoints.getFirst() + (more == 0 ? "" : " and " + more + " more");
    }

    private void foreign(List<TimelineEntry> entries) {
        for (var entry : entries) {
            var who = entry.who().isEmpty() ? "somebody else" : entry.who();
            items.add(
                    new AttentionItem(
                            Rank.FOREIGN,
                            entry.where(),
                            "changed by %s, not by a push of yours: %s"
                                    .formatted(who, entry.what()),
                            entry.target(),
                            new AttentionItem.Act.Tab(PlotsView.TIMELINE),
                            List.of()));
        }
    }

    private void byHand() {
        for (var link : workspace.switchedProperty().get().linksOff()) {
            add(
                    Rank.BY_HAND,
                    link.from() + " → " + link.to(),
                    "batching is off by hand",
                    Selection.of(link));
        }
    }

    private void disagreements() {
        for (var told : workspace.disagreementsProperty().get()) {
            var link = told.link();
            var title = link.from() + " → " + link.to();
            switch (told) {
                case Disagreement.UnknownTraffic unknown ->
                        items.add(
                                new AttentionItem(
                                        Rank.UNKNOWN_TRAFFIC,
                                        title,
                                        "carries %s and is not drawn; click to draw it"
                                                .formatted(
                                                        Formats.rate(unknown.requestsPerSecond())),
                                        Selection.NONE,
                                        new AttentionItem.Act.Draw(link),
                                        List.of()));
                case Disagreement.SilentLink silent ->
                        add(
                                Rank.UNUSED,
                                title,
                                "is drawn and has carried nothing for "
                                        + Formats.latency(silent.since().toSeconds()),
                                Selection.of(link));
            }
        }
    }

    private void findings() {
        workspace.findingsProperty().get().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .forEach(f ->
                        add(
                                f.severity() == Severity.ERROR ? Rank.FAULT : Rank.FINDING,
                                f.subject().toString(),
                                f.message(),
                                selection(f)));
    }

    private Selection selection(Finding finding) {
        return switch (finding.subject()) {
            case Subject.OfService s -> Selection.of(s.service());
            case Subject.OfLink l -> Selection.of(l.link());
            case Subject.OfProxy p -> {
                var proxy = workspace.topology().proxies().get(p.proxy());
                yield proxy == null ? Selection.NONE : Selection.of(proxy.service());
            }
            case Subject.Whole _ -> Selection.NONE;
        };
    }

    /** An edit is to be pushed; what differs without one has drifted. */
    private void drift() {
        if (workspace.history().isModified() || workspace.isReadOnly()) {
            return;
        }
        long differ =
                workspace.deploymentProperty().get().plan().changes().stream()
                        .filter(c -> c.kind() != DocumentChange.Kind.UNKNOWN)
                        .count();
        if (differ > 0) {
            add(
                    Rank.DRIFT,
                    "Drift",
                    differ
                            + (differ == 1 ? " proxy runs" : " proxies run")
                            + " something else than the file says",
                    Selection.NONE);
        }
    }
}
