package io.batchmesh.ui.plan;

import io.batchmesh.document.DocumentVersion;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.ui.Deployment;
import io.batchmesh.ui.Nodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The proxies of a push, each with its state as a shape, a colour and words. */
final class ProxyRows extends VBox {
    /** More are counted; those in trouble come first then. */
    private static final int MOST = 200;

    private List<ProxyRow> shown = List.of();

    ProxyRows() {
        super(4);
        setId("push-proxies");
    }

    /** How the proxies stand before a push. */
    static List<ProxyRow> of(Deployment deployment) {
        var plan = deployment.plan();
        var rows = new ArrayList<ProxyRow>();
        for (var change : plan.changes()) {
            var running = change.running();
            var version = running == null ? "" : running.version().text();
            var name = change.id().name();
            rows.add(
                    change.isDoable()
                            ? new ProxyRow(name, ProxyRow.State.PENDING, version, "")
                            : new ProxyRow(
                                    name,
                                    change.kind() == DocumentChange.Kind.UNKNOWN
                                            ? unknown(change.problem())
                                            : ProxyRow.State.UNCHANGED,
                                    version,
                                    bare(change.problem())));
        }
        for (var id : plan.unchanged()) {
            var version =
                    deployment.running().get(id) instanceof RunningDocument.Present present
                            ? present.document().version().text()
                            : "";
            rows.add(new ProxyRow(id.name(), ProxyRow.State.UNCHANGED, version, ""));
        }
        return rows;
    }

    private static ProxyRow.State unknown(String problem) {
        return problem.startsWith("unreachable")
                ? ProxyRow.State.UNREACHABLE
                : ProxyRow.State.UNKNOWN;
    }

    /** The state says that it is unreachable already. */
    private static String bare(String problem) {
        var prefix = "unreachable: ";
        return problem.startsWith(prefix) ? problem.substring(prefix.length()) : problem;
    }

    void show(List<ProxyRow> rows) {
        if (rows.equals(shown) && !getChildren().isEmpty()) {
            return;
        }
        shown = List.copyOf(rows);
        var ordered = new ArrayList<>(rows);
        if (rows.size() > MOST) {
            ordered.sort(Comparator.comparingInt(r -> rank(r.state())));
        }
        getChildren().clear();
        ordered.stream().limit(MOST).map(ProxyRows::row).forEach(getChildren()::add);
        if (rows.size() > MOST) {
            getChildren()
                    .add(
                            Nodes.label(
                                    "and " + (rows.size() - MOST) + " more",
                                    "bm-small",
                                    "bm-faint"));
        }
        if (rows.isEmpty()) {
            getChildren().add(Nodes.label("no proxy is known", "bm-small", "bm-muted"));
        }
    }

    private static int rank(ProxyRow.State state) {
        return switch (state) {
            case REJECTED -> 0;
            case CONFLICT, UNREACHABLE -> 1;
            case UNKNOWN -> 2;
            case PENDING -> 3;
            case ACKED -> 4;
            case UNCHANGED -> 5;
        };
    }

    private static Node row(ProxyRow row) {
        var mark = Nodes.label(mark(row.state()), "bm-state");
        mark.setMinWidth(14);
        var name = Nodes.label(row.proxy());
        name.setTooltip(new Tooltip(row.proxy()));
        var state = Nodes.label(row.state().label(), "bm-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        var version = Nodes.number("bm-faint");
        version.setText(new DocumentVersion(row.version()).brief());
        if (!row.version().isEmpty()) {
            version.setTooltip(new Tooltip("runs version " + row.version()));
        }
        var line = new HBox(8, mark, name, Nodes.spring(), state, version);
        line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var card = new VBox(1, line);
        if (!row.reason().isEmpty()) {
            var reason = Nodes.label(row.reason(), "bm-state", "bm-reason");
            reason.setWrapText(true);
            reason.setMinHeight(Region.USE_PREF_SIZE);
            card.getChildren().add(reason);
        }
        card.getStyleClass().addAll("bm-proxy-row", "state-" + row.state().label());
        card.setAccessibleText(row.proxy() + " " + row.state().label() + " " + row.reason());
        card.setMinHeight(Region.USE_PREF_SIZE);
        return card;
    }

    private static String mark(ProxyRow.State state) {
        return switch (state) {
            case PENDING -> "○";
            case ACKED -> "●";
            case UNCHANGED -> "◌";
            case REJECTED -> "■";
            case CONFLICT -> "◆";
            case UNREACHABLE -> "▲";
            case UNKNOWN -> "?";
        };
    }
}
