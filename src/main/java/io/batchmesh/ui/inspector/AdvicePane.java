package io.batchmesh.ui.inspector;

import io.batchmesh.forecast.Advice;
import io.batchmesh.model.LinkId;
import io.batchmesh.ui.AdviceWords;
import io.batchmesh.ui.Nodes;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is advised about a link; it can be tried in the forecast, and taken. */
final class AdvicePane extends VBox {
    private final Scope scope;
    private final LinkId id;
    private final AheadPane ahead;
    private final VBox cards = new VBox(6);
    private List<Advice> shown = List.of();
    private @Nullable Advice tried;

    AdvicePane(Scope scope, LinkId id, AheadPane ahead) {
        this.scope = scope;
        this.id = id;
        this.ahead = ahead;
        setId("advice");
        getStyleClass().add("bm-advice");
        getChildren().addAll(Nodes.heading("Advice"), cards);
    }

    void refresh() {
        var advice =
                scope.workspace().adviceProperty().get().stream()
                        .filter(a -> a.link().equals(id))
                        .toList();
        if (!advice.equals(shown)) {
            shown = advice;
            if (tried != null && advice.stream().noneMatch(this::isTried)) {
                attempt(null);
            }
            cards.getChildren().setAll(advice.stream().map(this::card).toList());
        }
        Nodes.show(this, !advice.isEmpty());
    }

    /** Its numbers may have changed since. */
    private boolean isTried(Advice advice) {
        return tried != null
                && advice.kind() == tried.kind()
                && java.util.Objects.equals(advice.window(), tried.window());
    }

    private void attempt(@Nullable Advice advice) {
        tried = advice;
        ahead.attempt(advice == null ? null : advice.window());
    }

    private Node card(Advice advice) {
        var why = wrapped(advice.why(), "bm-small");
        if (!advice.advises()) {
            var plain = new VBox(2, wrapped(capital(advice.title()) + ".", "bm-muted"), why);
            why.getStyleClass().add("bm-muted");
            return plain;
        }
        var card = new VBox(4, wrapped("◆ " + capital(advice.title()) + ".", "bm-strong"), why);
        card.getStyleClass().add("bm-finding-info");
        card.setMinHeight(Region.USE_PREF_SIZE);
        if (advice.window() != null) {
            var change = wrapped(AdviceWords.change(advice), "bm-number", "bm-small");
            card.getChildren().addAll(change, buttons(advice));
        }
        return card;
    }

    private Node buttons(Advice advice) {
        var preview = new ToggleButton("Preview");
        preview.setId("advice-preview-" + advice.kind().name());
        preview.setMinWidth(Region.USE_PREF_SIZE);
        preview.setSelected(isTried(advice));
        preview.setOnAction(e -> attempt(preview.isSelected() ? advice : null));
        var apply =
                Nodes.button(
                        "advice-apply-" + advice.kind().name(),
                        "Apply",
                        b -> {
                            attempt(null);
                            AdviceWords.take(scope.workspace(), advice);
                        });
        var row = new HBox(8, Nodes.spring(), preview, apply);
        Nodes.show(row, !scope.workspace().isReadOnly());
        return row;
    }

    private static javafx.scene.control.Label wrapped(String text, String... styles) {
        var label = Nodes.label(text, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
