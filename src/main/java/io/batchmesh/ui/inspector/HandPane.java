package io.batchmesh.ui.inspector;

import io.batchmesh.model.LinkId;
import io.batchmesh.ui.Nodes;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Break-glass of one link: batching off, or an endpoint out, with one click, at once at the running
 * proxies and past the plan; and back with another.
 */
final class HandPane extends VBox {
    private final Scope scope;
    private final LinkId id;
    private List<Row> shown = List.of();

    /**
     * What can be switched.
     *
     * @param endpoint its subset and address, or empty for the batching of the link
     * @param out whether it is switched
     */
    private record Row(String subset, String endpoint, boolean out) {}

    HandPane(Scope scope, LinkId id) {
        super(6);
        this.scope = scope;
        this.id = id;
        setId("by-hand");
    }

    void refresh() {
        var rows = rows();
        if (!rows.equals(shown)) {
            shown = rows;
            var nodes = new ArrayList<Node>();
            nodes.add(Nodes.heading("By hand, at once"));
            for (int i = 0; i < rows.size(); i++) {
                nodes.add(row(rows.get(i), i));
            }
            getChildren().setAll(nodes);
        }
        Nodes.show(this, !rows.isEmpty());
    }

    private List<Row> rows() {
        var rows = new ArrayList<Row>();
        var runs = scope.runs().of(id);
        if (runs.isEmpty()) {
            return rows;
        }
        var switched = scope.workspace().switchedProperty().get();
        rows.add(new Row("", "", switched.batchingOff(id)));
        runs.getFirst()
                .link()
                .subsets()
                .forEach((subset, upstreams) ->
                        upstreams.forEach(u ->
                                rows.add(
                                        new Row(
                                                subset,
                                                u.address(),
                                                switched.ejected(u.address())))));
        return rows;
    }

    private Node row(Row row, int number) {
        boolean batching = row.endpoint().isEmpty();
        var what = batching ? "Batching" : row.subset() + "  " + row.endpoint();
        var state = batching ? "off by hand" : "out by hand";
        var name = Nodes.label(row.out() ? "▲ " + what + ", " + state : what, "bm-small");
        Nodes.style(name, row.out() ? "bm-warn" : "bm-muted", "bm-warn", "bm-muted");
        name.setMinWidth(0);
        name.setTooltip(new Tooltip(name.getText()));
        var words =
                batching ? (row.out() ? "Turn on" : "Turn off") : row.out() ? "Take in" : "Eject";
        var button =
                Nodes.button(
                        batching ? "hand-batching" : "hand-endpoint-" + number,
                        words,
                        b -> act(row));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText(words + " " + what);
        button.setTooltip(
                new Tooltip(
                        row.out()
                                ? "The proxies do again what their config says."
                                : "At once at every proxy, past the plan; a push leaves it."
                                        + " It ends when you take it back or the proxy restarts."));
        var line = new HBox(8, name, Nodes.spring(), button);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void act(Row row) {
        var hand = scope.workspace().handSwitchProperty().get();
        if (row.endpoint().isEmpty()) {
            hand.batching(id, !row.out());
        } else {
            hand.endpoint(row.endpoint(), !row.out());
        }
    }
}
