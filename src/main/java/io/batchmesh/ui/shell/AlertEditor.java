package io.batchmesh.ui.shell;

import io.batchmesh.edit.AlertEdit;
import io.batchmesh.edit.EditResult;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeSet;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Makes or changes one rule, in the order of the sentence that it is. */
final class AlertEditor extends ScrollPane {
    private static final String WHOLE = "the whole";
    private static final String BUDGET = "error budget burns";
    private static final String ABOVE = "above";
    private static final String BELOW = "below";
    private static final String PAGE = "somebody now";
    private static final String TICKET = "within days";

    private final Workspace workspace;
    private final @Nullable AlertRule before;
    private final Runnable onClose;
    private final TextField name = new TextField();
    private final ComboBox<String> kind = box("alert-kind", "link", "service", "proxy");
    private final ComboBox<String> thing = box("alert-thing");
    private final ComboBox<String> stage =
            box("alert-stage", WHOLE, "collect", "combine", "cache", "compress", "send");
    private final ComboBox<String> measure = box("alert-measure");
    private final ComboBox<String> side = box("alert-side", ABOVE, BELOW);
    private final TextField limit = new TextField();
    private final TextField holding = new TextField();
    private final ComboBox<String> urgency = box("alert-urgency", PAGE, TICKET);
    private final CheckBox enabled = new CheckBox("watched");
    private final Label unit = Nodes.label("", "bm-muted", "bm-small");
    private final Label fault = Nodes.label("", "bm-error", "bm-small");
    private final Label explained = Nodes.label("", "bm-muted", "bm-small");

    /**
     * @param before the rule that is changed, null for a new one
     * @param shown what the fields begin with
     * @param onClose called when it is done with
     */
    AlertEditor(
            Workspace workspace, @Nullable AlertRule before, AlertRule shown, Runnable onClose) {
        this.workspace = workspace;
        this.before = before;
        this.onClose = onClose;
        setId("alert-editor");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        name.setId("alert-name");
        name.setPrefColumnCount(18);
        limit.setId("alert-limit");
        limit.setPrefColumnCount(7);
        holding.setId("alert-for");
        holding.setPrefColumnCount(5);
        enabled.setId("alert-enabled");
        explained.setWrapText(true);
        fault.setWrapText(true);
        fill(shown);
        kind.valueProperty().addListener((_, _, _) -> offerThings());
        measure.valueProperty().addListener((_, _, _) -> explain());
        var buttons = new HBox(8);
        buttons.setAlignment(Pos.CENTER_LEFT);
        var save = Nodes.button("alert-save", before == null ? "Add rule" : "Change", b -> save());
        save.getStyleClass().addAll("accent", "bm-accent-button");
        buttons.getChildren()
                .addAll(save, Nodes.button("alert-cancel", "Cancel", b -> onClose.run()));
        if (before != null) {
            buttons.getChildren()
                    .addAll(Nodes.spring(), Nodes.button("alert-remove", "Remove", b -> remove()));
        }
        var form = new VBox(8, fields(), explained, fault, buttons);
        form.getStyleClass().add("bm-alert-form");
        setContent(form);
    }

    private static ComboBox<String> box(String id, String... items) {
        var box = new ComboBox<String>();
        box.setId(id);
        box.getItems().setAll(items);
        return box;
    }

    static AlertRule fresh() {
        return new AlertRule(
                "",
                AlertTarget.each(AlertTarget.Kind.LINK),
                new AlertCondition.Threshold(AlertMeasure.P99, null, true, 0.25),
                Duration.ofMinutes(1),
                AlertRule.Urgency.TICKET);
    }

    private Node fields() {
        var flow = new FlowPane(14, 8);
        flow.getChildren()
                .addAll(
                        labelled("Name", name),
                        labelled("Watches each", kind),
                        labelled("or only", thing),
                        labelled("Of it", stage),
                        labelled("Fires when", measure),
                        labelled("is", side),
                        labelled("Limit", new HBox(5, limit, unit)),
                        labelled("For", holding),
                        labelled("Calls", urgency),
                        labelled("", enabled));
        return flow;
    }

    private static Node labelled(String words, Node node) {
        var label = Nodes.label(words, "bm-small", "bm-muted");
        if (node instanceof HBox row) {
            row.setAlignment(Pos.CENTER_LEFT);
        }
        node.setAccessibleText(words);
        return new VBox(2, label, node);
    }

    private void fill(AlertRule rule) {
        name.setText(rule.name());
        kind.setValue(rule.target().kind().label());
        offerThings();
        thing.setValue(rule.target().isEach() ? each() : rule.target().name());
        urgency.setValue(rule.urgency() == AlertRule.Urgency.PAGE ? PAGE : TICKET);
        enabled.setSelected(rule.enabled());
        holding.setText(Durations.format(rule.holding()));
        side.setValue(ABOVE);
        stage.setValue(WHOLE);
        switch (rule.condition()) {
            case AlertCondition.Threshold t -> {
                measure.setValue(AlertWords.name(t.measure()));
                side.setValue(t.above() ? ABOVE : BELOW);
                stage.setValue(t.stage() == null ? WHOLE : t.stage());
                limit.setText(limit(t));
            }
            case AlertCondition.BurnRate b -> {
                measure.setValue(BUDGET);
                limit.setText(AlertWords.percent(b.success()));
            }
        }
        explain();
    }

    private static String limit(AlertCondition.Threshold t) {
        return t.measure().unit() == AlertMeasure.Unit.SECONDS
                ? Durations.format(Duration.ofNanos(Math.round(t.limit() * 1e9)))
                : AlertWords.percent(
                        t.measure().unit() == AlertMeasure.Unit.SHARE
                                ? Math.round(t.limit() * 1e8) / 1e6
                                : t.limit());
    }

    private String each() {
        return "every " + kind.getValue();
    }

    private AlertTarget.Kind kindChosen() {
        return Arrays.stream(AlertTarget.Kind.values())
                .filter(k -> k.label().equals(kind.getValue()))
                .findFirst()
                .orElse(AlertTarget.Kind.LINK);
    }

    private void offerThings() {
        var topology = workspace.topology();
        var names = new ArrayList<String>();
        names.add(each());
        switch (kindChosen()) {
            case LINK -> topology.links().keySet().forEach(l -> names.add(l.toString()));
            case SERVICE -> topology.services().keySet().forEach(s -> names.add(s.name()));
            case PROXY -> {
                var proxies = new TreeSet<>(workspace.snapshotProperty().get().proxies().keySet());
                topology.proxies().keySet().forEach(p -> proxies.add(p.name()));
                names.addAll(proxies);
            }
        }
        thing.getItems().setAll(names);
        thing.setValue(each());
        var had = measure.getValue();
        var measures = new ArrayList<String>();
        for (var one : AlertMeasure.values()) {
            if (one.fits(kindChosen())) {
                measures.add(AlertWords.name(one));
            }
        }
        if (kindChosen() != AlertTarget.Kind.PROXY) {
            measures.add(BUDGET);
        }
        measure.getItems().setAll(measures);
        measure.setValue(measures.contains(had) ? had : measures.getFirst());
        stage.setDisable(kindChosen() != AlertTarget.Kind.LINK);
        if (stage.isDisabled()) {
            stage.setValue(WHOLE);
        }
    }

    private @Nullable AlertMeasure measureChosen() {
        return Arrays.stream(AlertMeasure.values())
                .filter(m -> AlertWords.name(m).equals(measure.getValue()))
                .findFirst()
                .orElse(null);
    }

    private void explain() {
        var chosen = measureChosen();
        side.setDisable(chosen == null);
        unit.setText(
                chosen == null
                        ? "% succeed"
                        : switch (chosen.unit()) {
                            case PER_SECOND -> "per second";
                            case SHARE -> "%";
                            case SECONDS -> "such as 250ms";
                            case COUNT -> "";
                            case CORES -> "cores";
                        });
        var text =
                chosen == null
                        ? "Fires when the budget of 30 days burns 14.4 × over 1 h and 5 min, or 6 ×"
                                + " over 6 h and 30 min. Once over 3 days and 6 h is watched only by"
                                + " Prometheus: that much is not kept here."
                        : "Without data for 15 s it neither fires nor is quiet: it has no data.";
        explained.setText(text);
    }

    /** The rule as it is written; null, with the fault shown, where it is none. */
    private @Nullable AlertRule rule() {
        if (name.getText().isBlank()) {
            return wrong("the rule has no name; name it");
        }
        var condition = condition();
        if (condition == null) {
            return null;
        }
        Duration time;
        try {
            time = holding.getText().isBlank() ? Duration.ZERO : Durations.parse(holding.getText());
        } catch (QuantityException e) {
            return wrong("For: " + e.getMessage());
        }
        var target =
                thing.getValue() == null || thing.getValue().equals(each())
                        ? AlertTarget.each(kindChosen())
                        : new AlertTarget(kindChosen(), thing.getValue());
        return new AlertRule(
                name.getText().strip(),
                target,
                condition,
                time,
                PAGE.equals(urgency.getValue()) ? AlertRule.Urgency.PAGE : AlertRule.Urgency.TICKET,
                enabled.isSelected());
    }

    private @Nullable AlertRule wrong(String words) {
        fault.setText("▲ " + words);
        return null;
    }

    private @Nullable AlertCondition condition() {
        var chosen = measureChosen();
        var part = WHOLE.equals(stage.getValue()) ? null : stage.getValue();
        var text = limit.getText().strip();
        try {
            if (chosen == null) {
                double success = Double.parseDouble(text);
                if (success >= 50 && success <= 99.9999) {
                    return new AlertCondition.BurnRate(success);
                }
                wrong("the objective must be 50 to 99.9999 percent");
                return null;
            }
            if (part != null && !chosen.ofStages()) {
                wrong("stages have " + AlertMeasure.labels(kindChosen(), part) + " alone");
                return null;
            }
            double value = number(chosen, text);
            if (!(value >= 0 && value <= 1e12)) {
                wrong("the limit must be 0 or more");
                return null;
            }
            return new AlertCondition.Threshold(
                    chosen, part, !BELOW.equals(side.getValue()), value);
        } catch (NumberFormatException e) {
            wrong("the limit is no number: '" + text + "'");
        } catch (QuantityException e) {
            wrong("the limit: " + e.getMessage());
        }
        return null;
    }

    private static double number(AlertMeasure measure, String text) {
        return switch (measure.unit()) {
            case SECONDS -> Durations.seconds(Durations.parse(text));
            case SHARE -> Double.parseDouble(text.replace("%", "").strip()) / 100;
            default -> Double.parseDouble(text);
        };
    }

    /** What is wrong with what was written, empty when nothing is. */
    String faultWords() {
        return fault.getText();
    }

    private void save() {
        fault.setText("");
        var rule = rule();
        if (rule == null) {
            return;
        }
        var replaced = before == null ? null : before.name();
        if (workspace.edit(new AlertEdit.SetAlert(replaced, rule))
                instanceof EditResult.Refused refused) {
            wrong(refused.refusal().message() + "; " + refused.refusal().mend());
            return;
        }
        onClose.run();
    }

    private void remove() {
        if (before != null) {
            workspace.edit(new AlertEdit.RemoveAlert(before.name()));
        }
        onClose.run();
    }
}
