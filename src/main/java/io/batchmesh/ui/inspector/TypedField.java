package io.batchmesh.ui.inspector;

import atlantafx.base.controls.CustomTextField;
import io.batchmesh.quantity.QuantityException;
import io.batchmesh.ui.Nodes;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A value that is typed, with its name before it, what runs at its end, and what is wrong with it
 * below. What is typed is applied while it is valid; what is not valid changes nothing and stays
 * until it is mended, or taken back with Escape.
 */
final class TypedField<T> extends VBox {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final double NAME_WIDTH = 104;

    /** Applies a value; says what is wrong with it, or nothing. */
    interface Apply<T> {
        /**
         * Applies a value.
         *
         * @param step equal for what is typed in one go, which is one step to undo
         */
        String apply(T value, Object step);
    }

    /**
     * How a field is called.
     *
     * @param id of the box in which is typed
     * @param name before it; empty for none
     * @param help what the value means
     */
    record Named(String id, String name, String help) {}

    private record Step(String field, int visit) {}

    private final Named named;
    private final Notation<T> notation;
    private final Apply<T> apply;
    private final CustomTextField box = new CustomTextField();
    private final Label runs = Nodes.label("", "bm-field-note");

    /** What runs where proxies disagree, which is too long to stand in the box. */
    private final Label several = Nodes.label("", "bm-field-note");

    private final Label error = Nodes.label("", "bm-field-error");
    private @Nullable T shown;
    private int visit;
    private boolean quiet;

    TypedField(Named named, Notation<T> notation, Apply<T> apply) {
        this.named = named;
        this.notation = notation;
        this.apply = apply;
        box.setId(named.id());
        box.getStyleClass().add("bm-field");
        box.setTooltip(new Tooltip(named.help()));
        box.setAccessibleText(named.name());
        box.setAccessibleHelp(named.help());
        box.setMinWidth(40);
        box.setRight(runs);
        runs.setMouseTransparent(true);
        runs.setMinWidth(Region.USE_PREF_SIZE);
        error.setWrapText(true);
        error.setId(named.id() + "-error");
        error.setMinHeight(Region.USE_PREF_SIZE);
        Nodes.show(error, false);
        Nodes.show(runs, false);
        Nodes.show(several, false);
        several.setMaxWidth(Double.MAX_VALUE);
        several.setAlignment(javafx.geometry.Pos.BASELINE_RIGHT);
        getChildren().addAll(line(), several, error);
        box.textProperty().subscribe((was, text) -> typed(text));
        box.focusedProperty().subscribe((was, now) -> focus(now));
        box.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private HBox line() {
        HBox.setHgrow(box, Priority.ALWAYS);
        var line = new HBox(box);
        line.getStyleClass().add("bm-form-row");
        if (!named.name().isEmpty()) {
            var name = Nodes.label(named.name(), "bm-field-label");
            name.setLabelFor(box);
            name.setMinWidth(NAME_WIDTH);
            name.setPrefWidth(NAME_WIDTH);
            name.setTooltip(new Tooltip(named.help()));
            line.getChildren().addFirst(name);
        }
        return line;
    }

    /** What stands in the box where nothing is set. */
    TypedField<T> withPrompt(String prompt) {
        box.setPromptText(prompt);
        return this;
    }

    /** Shows a value and what runs; what somebody types just now is left to them. */
    void show(T value, String runsWords) {
        boolean same = value.equals(shown);
        shown = value;
        boolean disagree = runsWords.contains(" / ");
        runs.setText(runsWords);
        Nodes.show(runs, !runsWords.isEmpty() && !disagree);
        several.setText(runsWords);
        Nodes.show(several, disagree);
        box.getStyleClass().remove("bm-edited");
        if (!runsWords.isEmpty()) {
            box.getStyleClass().add("bm-edited");
        }
        boolean typing = box.isFocused() && value.equals(read(box.getText()));
        if (quiet || typing) {
            return;
        }
        if (same && isInvalid()) {
            return;
        }
        write(value);
    }

    private void write(T value) {
        var text = notation.writer().apply(value);
        if (!text.equals(box.getText())) {
            quiet = true;
            int caret = box.getCaretPosition();
            box.setText(text);
            box.positionCaret(Math.min(caret, text.length()));
            quiet = false;
        }
        fault("");
    }

    private boolean isInvalid() {
        return error.isManaged();
    }

    private @Nullable T read(String text) {
        try {
            return notation.reader().apply(text);
        } catch (QuantityException e) {
            return null;
        }
    }

    private void typed(String text) {
        if (quiet) {
            return;
        }
        quiet = true;
        try {
            var value = notation.reader().apply(text);
            fault(value.equals(shown) ? "" : apply.apply(value, new Step(named.id(), visit)));
        } catch (QuantityException e) {
            fault(Objects.requireNonNullElse(e.getMessage(), "cannot be read"));
        } finally {
            quiet = false;
        }
    }

    private void fault(String words) {
        error.setText(words);
        Nodes.show(error, !words.isEmpty());
        box.pseudoClassStateChanged(INVALID, !words.isEmpty());
        box.getStyleClass().remove("bm-invalid");
        if (!words.isEmpty()) {
            box.getStyleClass().add("bm-invalid");
        }
    }

    private void focus(boolean gained) {
        visit++;
        if (!gained) {
            settle();
        }
    }

    /** Words what was typed as it is shown, once it is valid and done. */
    private void settle() {
        var value = shown;
        if (value != null && !isInvalid()) {
            write(value);
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            typed(box.getText());
            visit++;
            settle();
        } else if (event.getCode() == KeyCode.ESCAPE && isInvalid() && shown != null) {
            write(shown);
            event.consume();
        }
    }
}
