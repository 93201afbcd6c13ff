package io.batchmesh.ui.shell;

import io.batchmesh.forecast.Advice;
import io.batchmesh.ui.AdviceWords;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The advice that is worth most, over all links; a click shows the link, another one takes it. */
final class AdviceList extends VBox {
    private static final int MOST_SHOWN = 2;

    private final Workspace workspace;
    private final Label count = Nodes.number("bm-muted");
    private final VBox cards = new VBox(5);
    private List<Advice> shown = List.of();

    AdviceList(Workspace workspace) {
        super(4);
        this.workspace = workspace;
        setId("advice-list");
        setMinHeight(Region.USE_PREF_SIZE);
        var head = new HBox(Nodes.heading("Advice"), Nodes.spring(), count);
        head.setAlignment(Pos.BASELINE_LEFT);
        getChildren().addAll(head, cards);
        workspace.adviceProperty().subscribe(this::show);
        show(workspace.adviceProperty().get());
    }

    private void show(List<Advice> all) {
        var advice = all.stream().filter(Advice::advises).toList();
        count.setText(advice.isEmpty() ? "" : String.valueOf(advice.size()));
        var most = advice.subList(0, Math.min(MOST_SHOWN, advice.size()));
        if (!most.equals(shown) || cards.getChildren().isEmpty()) {
            shown = List.copyOf(most);
            cards.getChildren().setAll(most.stream().map(this::card).toList());
        }
        if (most.isEmpty()) {
            cards.getChildren().setAll(Nodes.label(silence(all), "bm-small", "bm-faint"));
        }
    }

    private static String silence(List<Advice> all) {
        return all.isEmpty() || all.stream().allMatch(a -> a.kind() == Advice.Kind.UNKNOWN)
                ? "too little measured to say"
                : "nothing would serve better";
    }

    private Node card(Advice advice) {
        var title = Nodes.label(advice.link().from() + " → " + advice.link().to(), "bm-card-title");
        title.setMinWidth(40);
        var head = new HBox(6, Nodes.label("◆", "bm-accent"), title, Nodes.spring());
        head.setAlignment(Pos.CENTER_LEFT);
        if (advice.window() != null && !workspace.isReadOnly()) {
            var apply =
                    Nodes.button("take-advice", "Apply", b -> AdviceWords.take(workspace, advice));
            apply.getStyleClass().add("bm-link-button");
            apply.setTooltip(new Tooltip(AdviceWords.change(advice)));
            head.getChildren().add(apply);
        }
        var what = Nodes.label(advice.title(), "bm-card-note");
        what.setWrapText(true);
        what.setMaxHeight(34);
        var card = new VBox(2, head, what);
        card.getStyleClass().add("bm-card");
        card.setMinHeight(Region.USE_PREF_SIZE);
        card.setFocusTraversable(true);
        card.setAccessibleRole(AccessibleRole.BUTTON);
        card.setAccessibleText(title.getText() + ": " + advice.title() + ". " + advice.why());
        Tooltip.install(card, new Tooltip(advice.why()));
        card.setOnMouseClicked(e -> look(advice));
        card.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                look(advice);
            }
        });
        return card;
    }

    private void look(Advice advice) {
        workspace.select(Selection.of(advice.link()).within(workspace.topology()));
    }
}
