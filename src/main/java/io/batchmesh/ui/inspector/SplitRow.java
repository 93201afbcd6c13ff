package io.batchmesh.ui.inspector;

import io.batchmesh.ui.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The weight of one subset: as it is set, seen and edited. */
final class SplitRow extends VBox {
    private final RouteEditor editor;
    private final String subset;
    private final boolean seenShown;
    private final Slider slider = new Slider();
    private final TypedField<Integer> field;
    private final Label note = Nodes.label("", "bm-small", "bm-muted", "bm-split-note");
    private Map<String, Integer> base = Map.of();
    private Map<String, Integer> made = Map.of();
    private int gesture;
    private boolean quiet;

    private record Drag(String subset, int gesture) {}

    /**
     * @param suffix of the ids: the subset, behind the route where it is not the catch-all
     * @param seenShown whether what is seen is the split of this route
     */
    SplitRow(RouteEditor editor, String subset, String suffix, boolean seenShown) {
        this.editor = editor;
        this.subset = subset;
        this.seenShown = seenShown;
        field =
                new TypedField<>(
                        new TypedField.Named(
                                "split-" + suffix,
                                "",
                                "The weight of " + subset + ". The others shift in proportion."),
                        Notation.COUNT,
                        this::type);
        field.setMaxWidth(58);
        field.setMinWidth(58);
        slider.setId("slider-" + suffix);
        slider.setAccessibleText("Weight of " + subset);
        slider.setMinWidth(60);
        slider.setBlockIncrement(1);
        HBox.setHgrow(slider, Priority.ALWAYS);
        slider.valueProperty().subscribe((was, now) -> slid(now.doubleValue()));
        slider.valueChangingProperty().subscribe((was, now) -> begin());
        var name = Nodes.label(subset, "bm-strong");
        name.setMinWidth(34);
        name.setTooltip(new Tooltip(subset));
        note.setId("split-note-" + suffix);
        note.setMinHeight(Region.USE_PREF_SIZE);
        note.setWrapText(true);
        var row = new HBox(8, name, slider, field);
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        getChildren().addAll(row, note);
    }

    private void begin() {
        gesture++;
        base = editor.split();
    }

    private String type(int weight, Object step) {
        int sum = whole(editor.split());
        if (weight < 0 || weight > sum) {
            return "from 0 to " + sum;
        }
        return change(weight, step);
    }

    private void slid(double value) {
        if (!quiet) {
            change((int) Math.round(value), new Drag(subset, gesture));
        }
    }

    /** What one gesture changes starts from one split, so that rounding does not add up. */
    private String change(int weight, Object step) {
        var now = editor.split();
        if (!now.equals(made) || base.isEmpty()) {
            base = now;
        }
        made = SplitShares.moved(base, subset, weight);
        return made.equals(now) ? "" : editor.changeSplit(made, step);
    }

    private static int whole(Map<String, Integer> split) {
        int sum = SplitShares.sum(split);
        return sum == 0 ? SplitShares.WHOLE : sum;
    }

    void refresh() {
        var split = editor.split();
        int sum = whole(split);
        int weight = split.getOrDefault(subset, 0);
        quiet = true;
        slider.setMax(sum);
        slider.setValue(weight);
        quiet = false;
        field.show(weight, "");
        note.setText(words(weight, sum));
        Nodes.show(note, !note.getText().isEmpty());
    }

    private String words(int weight, int sum) {
        var set = editor.running(subset);
        var parts = new LinkedHashMap<String, String>();
        boolean edited = set.size() != 1 || set.getFirst() != weight;
        double seen = seenShown ? editor.seen(subset) : Double.NaN;
        if (!edited && Double.isNaN(seen)) {
            return "";
        }
        if (!set.isEmpty()) {
            parts.put("set", set.stream().map(String::valueOf).collect(Collectors.joining(" / ")));
        }
        if (!Double.isNaN(seen)) {
            parts.put("seen", String.format(Locale.ROOT, "%.1f", seen * sum));
        }
        if (edited) {
            parts.put("edit", String.valueOf(weight));
        }
        Nodes.style(
                note, edited && !set.isEmpty() ? "bm-accent" : "bm-muted", "bm-accent", "bm-muted");
        var words = new ArrayList<String>();
        parts.forEach((name, value) -> words.add(name + " " + value));
        return String.join(" · ", words);
    }
}
