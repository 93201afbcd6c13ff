package io.batchmesh.ui.shell;

import io.batchmesh.alert.Alert;
import io.batchmesh.alert.PrometheusRules;
import io.batchmesh.alert.UsualAlerts;
import io.batchmesh.edit.AlertEdit;
import io.batchmesh.model.AlertRule;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** How the alerts stand, and the rules that they come from, which are edited here. */
final class AlertsPane extends VBox {
    private static final String NOW = "How they stand";
    private static final String RULES = "Rules";
    private static final FilePicks.Kind YAML =
            new FilePicks.Kind("Save rules for Prometheus", "Prometheus rule files", "yml");
    private static final double BRIEF_BELOW = 760;

    private final Workspace workspace;
    private final Copying copying;
    private final TabStrip kinds = new TabStrip();
    private final Label note = Nodes.label("", "bm-small", "bm-muted");
    private final RowsTable now;
    private final RowsTable rules;
    private final StackPane body = new StackPane();
    private final AlertNotices notices;
    private final Button usual;
    private @Nullable AlertEditor editor;

    AlertsPane(Workspace workspace, Copying copying) {
        this.workspace = workspace;
        this.copying = copying;
        notices = new AlertNotices(workspace, this);
        setId("alerts-pane");
        setSpacing(5);
        kinds.offer(List.of(NOW, RULES));
        now =
                new RowsTable(
                        "alerts",
                        words("state", "thing", "rule", "reading", "since"),
                        List.of(100, 190, 170, 330, 110));
        rules =
                new RowsTable(
                        "alert-rules",
                        words("rule", "watches", "fires on", "calls", "now"),
                        List.of(190, 170, 270, 150, 150));
        now.setOnOpen(r -> select(r.target()));
        rules.setOnOpen(r -> edit(r.key()));
        var add = Nodes.button("alert-new", "New…", b -> open(null));
        usual = Nodes.button("alert-usual", "Add the usual", b -> addUsual());
        var export = Nodes.button("alert-export", "For Prometheus…", b -> export());
        var head = new HBox(8, kinds, note, Nodes.spring(), notices.menu(), usual, add, export);
        head.setAlignment(Pos.CENTER_LEFT);
        note.setMinWidth(0);
        widthProperty()
                .subscribe(w -> {
                    kinds.setBrief(w.doubleValue() < BRIEF_BELOW);
                    Nodes.show(note, w.doubleValue() >= BRIEF_BELOW);
                });
        VBox.setVgrow(body, Priority.ALWAYS);
        body.setMinHeight(0);
        getChildren().addAll(head, body);
        kinds.chosenProperty().subscribe(k -> show());
        workspace.topologyProperty().subscribe(t -> refresh());
        workspace.alerts().alertsProperty().subscribe(a -> refresh());
        // Nothing is written where somebody only looks.
        for (var button : List.of(add, usual)) {
            button.setDisable(workspace.isReadOnly());
        }
    }

    private static List<DataTable.Column> words(String... names) {
        return List.of(names).stream().map(DataTable.Column::words).toList();
    }

    private void show() {
        var open = editor;
        body.getChildren()
                .setAll(
                        open != null
                                ? open
                                : kinds.chosenProperty().get().equals(NOW) ? now : rules);
        refresh();
    }

    /** Shows how things are. */
    void refresh() {
        var all = workspace.alerts().alertsProperty().get();
        var drawn = workspace.topology().alerts();
        long firing = all.stream().filter(a -> a.phase() == Alert.Phase.FIRING).count();
        note.setText(
                firing
                        + " firing, "
                        + all.size()
                        + " watched"
                        + (workspace.alerts().isFull() ? ", too many: the rest is left out" : ""));
        Nodes.show(usual, !missing().isEmpty() && !workspace.isReadOnly());
        now.setNothing(
                drawn.isEmpty()
                        ? "no rules yet; \"Add the usual\" offers some, \"New…\" makes one"
                        : "nothing is seen yet of what the rules watch");
        rules.setNothing("no rules yet; \"Add the usual\" offers some, \"New…\" makes one");
        now.show(all.stream().map(this::row).toList());
        rules.show(drawn.stream().map(r -> row(r, all)).toList());
    }

    private DataTable.Row row(Alert alert) {
        var since = Duration.between(alert.since(), workspace.snapshotProperty().get().at());
        return new DataTable.Row(
                alert.rule().name() + "\n" + alert.subject(),
                AlertWords.target(alert, workspace),
                List.of(
                        state(alert),
                        AlertWords.thing(alert),
                        alert.rule().name(),
                        AlertWords.fact(alert),
                        alert.phase() == Alert.Phase.QUIET
                                ? ""
                                : TimeMenu.worded(since.isNegative() ? Duration.ZERO : since)));
    }

    private static String state(Alert alert) {
        return switch (alert.phase()) {
            case FIRING -> AlertWords.mark(alert.urgency()) + " fires";
            case PENDING -> "▲ pending";
            case NO_DATA -> "○ no data";
            case QUIET -> "● quiet";
        };
    }

    private static DataTable.Row row(AlertRule rule, List<Alert> all) {
        var own = all.stream().filter(a -> a.rule().equals(rule)).toList();
        long firing = own.stream().filter(a -> a.phase() == Alert.Phase.FIRING).count();
        var state =
                !rule.enabled()
                        ? "○ switched off"
                        : firing > 0
                                ? AlertWords.mark(rule.urgency())
                                        + " "
                                        + firing
                                        + (firing == 1 ? " fires" : " fire")
                                : own.isEmpty() ? "○ nothing seen" : "● quiet";
        return new DataTable.Row(
                rule.name(),
                Selection.NONE,
                List.of(
                        rule.name(),
                        rule.target().words(),
                        AlertWords.condition(rule),
                        rule.urgency() == AlertRule.Urgency.PAGE
                                ? "■ somebody now"
                                : "▲ within days",
                        state));
    }

    private void select(Selection target) {
        var there = target.within(workspace.topology());
        if (!there.isEmpty()) {
            workspace.select(there);
        }
    }

    private List<AlertRule> missing() {
        var names = workspace.topology().alerts().stream().map(AlertRule::name).toList();
        return UsualAlerts.ALL.stream().filter(r -> !names.contains(r.name())).toList();
    }

    private void addUsual() {
        workspace.edit(new AlertEdit.AddAlerts(missing()));
        kinds.choose(RULES);
    }

    private void edit(String name) {
        workspace.topology().alerts().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .ifPresent(this::open);
    }

    /** Opens the editor on a rule, on a new one with null. */
    void open(@Nullable AlertRule rule) {
        if (workspace.isReadOnly()) {
            return;
        }
        kinds.choose(RULES);
        editor =
                new AlertEditor(
                        workspace, rule, rule == null ? AlertEditor.fresh() : rule, this::close);
        show();
    }

    /** Begins a new rule with what is known of it. */
    void begin(AlertRule rule) {
        if (!workspace.isReadOnly()) {
            kinds.choose(RULES);
            editor = new AlertEditor(workspace, null, rule, this::close);
            show();
        }
    }

    private void close() {
        editor = null;
        show();
    }

    /** Whether the rules are shown. */
    void chooseRules() {
        kinds.choose(RULES);
    }

    private void export() {
        var made = PrometheusRules.of(workspace.topology(), PrometheusRules.RATE_WINDOW);
        if (made.alerts().isEmpty()) {
            var reasons = new ArrayList<String>();
            made.left().forEach(l -> reasons.add(l.alert() + ": " + l.why()));
            workspace.refuse(
                    "there is nothing for Prometheus to watch"
                            + (reasons.isEmpty() ? "" : "; " + reasons.getFirst()));
            return;
        }
        var name = workspace.topology().name().toLowerCase(Locale.ROOT) + "-rules";
        copying.save(YAML, name, made::yaml);
    }

    AlertNotices notices() {
        return notices;
    }
}
