package io.batchmesh.ui.plan;

import io.batchmesh.ui.Nodes;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What a push changes, a card for each thing. */
final class ChangeCards extends VBox {
    private static final int MOST = 100;

    private List<ChangeGroup> shown = List.of();

    ChangeCards() {
        super(6);
        setId("push-changes");
    }

    void show(List<ChangeGroup> groups) {
        if (groups.equals(shown) && !getChildren().isEmpty()) {
            return;
        }
        shown = groups;
        getChildren().setAll(groups.stream().limit(MOST).map(ChangeCards::card).toList());
        if (groups.size() > MOST) {
            getChildren()
                    .add(
                            Nodes.label(
                                    "and " + (groups.size() - MOST) + " more",
                                    "bm-small",
                                    "bm-faint"));
        }
    }

    private static Node card(ChangeGroup group) {
        var title = Nodes.label(group.title(), "bm-card-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        var reach = Nodes.label(group.reach(), "bm-card-note");
        reach.setMinWidth(Region.USE_PREF_SIZE);
        reach.setTooltip(
                new Tooltip(String.join("\n", group.proxies().stream().limit(30).toList())));
        var head = new HBox(8, title, Nodes.spring(), reach);
        var card = new VBox(4, head);
        group.lines().forEach(l -> card.getChildren().add(line(l)));
        card.getStyleClass().addAll("bm-card", "bm-change");
        card.setMinHeight(Region.USE_PREF_SIZE);
        return card;
    }

    /** Values too long for one line go on in the next, and are never cut. */
    private static Node line(ChangeLine line) {
        var row = new FlowPane(10, 2);
        if (!line.name().isEmpty()) {
            row.getChildren().add(Nodes.label(line.name(), "bm-small", "bm-muted"));
        }
        if (!line.from().isEmpty()) {
            row.getChildren().add(value(row, line.from(), "bm-diff-from"));
        }
        if (!line.to().isEmpty()) {
            row.getChildren().add(value(row, "→ " + line.to(), "bm-diff-to"));
        }
        row.setPrefWrapLength(240);
        row.setMinWidth(0);
        return row;
    }

    private static Node value(Region row, String text, String style) {
        var label = Nodes.label(text, style);
        label.setWrapText(true);
        label.maxWidthProperty().bind(row.widthProperty());
        return label;
    }
}
