package io.batchmesh.ui.shell;

import io.batchmesh.metrics.ProxyState;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Switched;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.TimeWindow;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/** The truth about connection, version, drift and saving, in one line. */
final class StatusBarView extends HBox {
    private final Workspace workspace;
    private final Label proxies = Nodes.label("");
    private final Label versions = Nodes.label("");
    private final Label saved = Nodes.label("");
    private final Label message = Nodes.label("");
    private final Label byHand = Nodes.label("");
    private final Tooltip byHandWords = new Tooltip();
    private final Label heap = Nodes.number();

    StatusBarView(Workspace workspace) {
        this.workspace = workspace;
        setId("status-bar");
        getStyleClass().add("bm-status-bar");
        getChildren().addAll(proxies, versions, byHand, saved, message, Nodes.spring(), heap);
        workspace.refusalProperty().subscribe(this::showRefusal);
        byHand.setId("status-by-hand");
        byHand.setMinWidth(USE_PREF_SIZE);
        byHand.setTooltip(byHandWords);
        workspace.switchedProperty().subscribe(this::showByHand);
    }

    /** Says how things are now; called about once a second. */
    void refresh() {
        showProxies();
        showVersions();
        showSaved();
        var runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        heap.setText("heap " + Formats.fixed(Formats.bytes((double) used), 8));
    }

    private void showProxies() {
        var snapshot = workspace.snapshotProperty().get();
        int all = snapshot.proxies().size();
        int live = snapshot.count(ProxyState.LIVE);
        if (all == 0) {
            proxies.setText("○ no proxies seen");
            tone(proxies, "bm-muted");
            return;
        }
        int silent = snapshot.count(ProxyState.UNREACHABLE) + snapshot.count(ProxyState.UNREADABLE);
        int stale = all - live - silent;
        var rest =
                (stale == 0 && silent == 0 ? ", none stale" : "")
                        + (stale > 0 ? ", " + stale + " stale" : "")
                        + (silent > 0 ? ", " + silent + " unreachable" : "");
        var then =
                workspace.shownTimeProperty().get().isLive()
                        ? ""
                        : " at " + TimeWindow.clock(workspace.shownMoment().toEpochMilli());
        proxies.setText((live == all ? "● " : "▲ ") + live + "/" + all + " proxies" + rest + then);
        tone(proxies, live == all ? "bm-ok" : live == 0 ? "bm-error" : "bm-warn");
    }

    private void showVersions() {
        if (workspace.isReadOnly()) {
            versions.setText("read-only: push is off, nothing is written");
            tone(versions, "bm-accent");
            return;
        }
        var deployment = workspace.deploymentProperty().get();
        if (!deployment.isKnown()) {
            versions.setText("what runs is not known yet");
            tone(versions, "bm-muted");
            return;
        }
        var plan = deployment.plan();
        long differ =
                plan.changes().stream()
                        .filter(c -> c.kind() != DocumentChange.Kind.UNKNOWN)
                        .count();
        int unknown = plan.unknown().size();
        var text =
                differ == 0
                        ? "all run what is drawn"
                        : differ
                                + (differ == 1 ? " proxy runs" : " proxies run")
                                + " something else than drawn";
        versions.setText(text + (unknown > 0 ? ", " + unknown + " not known" : ""));
        tone(versions, unknown > 0 ? "bm-warn" : differ > 0 ? "bm-accent" : "bm-muted");
    }

    private void showSaved() {
        if (workspace.isReadOnly()) {
            var topology = workspace.topology();
            saved.setText(
                    "%d services, %d links drawn from traffic"
                            .formatted(topology.services().size(), topology.links().size()));
            tone(saved, "bm-muted");
            return;
        }
        var saving = workspace.savingProperty().get();
        var at = saving.savedAt();
        if (!saving.problem().isEmpty()) {
            saved.setText("▲ not saved: " + saving.problem());
            tone(saved, "bm-error");
        } else if (workspace.history().isModified()) {
            saved.setText("edited, not saved; a copy is kept");
            tone(saved, "bm-accent");
        } else {
            var now = workspace.clocks().now();
            saved.setText(
                    at == null
                            ? "as in the file"
                            : "saved " + Formats.age(Duration.between(at, now)));
            tone(saved, "bm-muted");
        }
    }

    /** So that nobody forgets it. */
    private void showByHand(Switched switched) {
        var words = switched.words();
        byHand.setText(words.isEmpty() ? "" : "▲ by hand: " + switched.brief());
        byHandWords.setText(words);
        tone(byHand, "bm-warn");
        Nodes.show(byHand, !words.isEmpty());
    }

    private void showRefusal(String refusal) {
        message.setText(refusal.isEmpty() ? "" : "▲ " + refusal);
        tone(message, "bm-warn");
    }

    private static void tone(Label label, String style) {
        Nodes.style(label, style, "bm-ok", "bm-warn", "bm-error", "bm-accent", "bm-muted");
    }
}
