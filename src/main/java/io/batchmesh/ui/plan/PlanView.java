package io.batchmesh.ui.plan;

import io.batchmesh.plan.Plan;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import io.batchmesh.validate.Severity;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The push beside the live canvas: what would change, where, and how it went. FX thread only. */
public final class PlanView extends BorderPane {
    private static final double LEAST_WIDTH = 340;
    private static final double USUAL_WIDTH = 400;

    private final Workspace workspace;
    private final PushDesk desk;
    private final Label title = Nodes.label("", "bm-title");
    private final Label note = Nodes.label("", "bm-small", "bm-muted");
    private final Label advice = Nodes.label("", "bm-muted");
    private final Label errors = Nodes.label("", "bm-error", "bm-small");
    private final ChangeCards changes = new ChangeCards();
    private final VBox changesPart = new VBox(Nodes.heading("Changes"), changes);
    private final ProxyRows proxies = new ProxyRows();
    private final Label tally = Nodes.label("", "bm-section-note");
    private final Label summary = Nodes.label("", "bm-strong");
    private final Button push;
    private final Button cancel;
    private final Button rollBack;
    private final TextField command = new TextField();
    private List<ChangeGroup> pushed = List.of();
    private @Nullable Plan worded;

    /**
     * @param workspace whose plan is shown
     * @param desk what carries it out
     */
    public PlanView(Workspace workspace, PushDesk desk) {
        this.workspace = workspace;
        this.desk = desk;
        push =
                Nodes.button(
                        "push-now",
                        "Push",
                        b -> desk.push(workspace.deploymentProperty().get().plan()));
        push.getStyleClass().addAll("bm-accent-button", "bm-big-button");
        cancel = Nodes.button("push-cancel", "Cancel", b -> desk.cancel());
        cancel.getStyleClass().addAll("bm-danger-button", "bm-big-button");
        rollBack = Nodes.button("push-roll-back", "Roll back", b -> takeBack());
        rollBack.getStyleClass().add("bm-big-button");
        setId("plan");
        getStyleClass().addAll("bm-right-panel", "bm-plan");
        setMinWidth(LEAST_WIDTH);
        setPrefWidth(USUAL_WIDTH);
        setTop(header());
        setCenter(content());
        setBottom(footer());
        workspace.deploymentProperty().subscribe(d -> refresh());
        workspace.revisionProperty().subscribe(r -> refresh());
        workspace.savingProperty().subscribe(s -> refresh());
        workspace.findingsProperty().subscribe(f -> refresh());
        desk.stateProperty().subscribe(s -> refresh());
        sceneProperty().subscribe(s -> refresh());
    }

    private Node header() {
        title.setId("push-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        var close =
                Nodes.icon(
                        "push-close",
                        org.kordamp.ikonli.materialdesign2.MaterialDesignC.CLOSE,
                        "Close",
                        desk::close);
        var row = new HBox(8, title, note, Nodes.spring(), close);
        row.getStyleClass().add("bm-plan-header");
        return row;
    }

    private Node content() {
        for (var words : List.of(advice, errors, summary)) {
            words.setWrapText(true);
            words.setMinHeight(Region.USE_PREF_SIZE);
        }
        summary.setId("push-summary");
        advice.setId("push-advice");
        var head = new HBox(Nodes.heading("Proxies"), Nodes.spring(), tally);
        head.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        var all = new VBox(8, summary, advice, errors, changesPart, new VBox(head, proxies));
        all.getStyleClass().add("bm-plan-content");
        var scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        return scroll;
    }

    private Node footer() {
        for (var button : List.of(push, cancel, rollBack)) {
            button.setMaxWidth(Double.MAX_VALUE);
        }
        command.setId("push-command");
        command.setEditable(false);
        command.setFocusTraversable(false);
        command.getStyleClass().add("bm-command-line");
        HBox.setHgrow(command, Priority.ALWAYS);
        var same = Nodes.label("The same on the command line:", "bm-small", "bm-muted");
        var footer = new VBox(8, push, cancel, rollBack, new VBox(4, same, command));
        footer.getStyleClass().add("bm-plan-footer");
        return footer;
    }

    private void takeBack() {
        worded = null;
        pushed = pushed.stream().map(ChangeGroup::reversed).toList();
        desk.rollBack();
    }

    /** A panel that is put away costs nothing; it is up to date when it is shown again. */
    private void refresh() {
        if (getScene() == null) {
            return;
        }
        var file = workspace.savingProperty().get().file().getFileName();
        command.setText("push " + (file == null ? "FILE" : file));
        switch (desk.stateProperty().getValue()) {
            case PushState.Idle idle -> show(idle);
            case PushState.Running running -> show(running);
            case PushState.Finished finished -> show(finished);
        }
    }

    private void show(PushState.Idle idle) {
        var deployment = workspace.deploymentProperty().get();
        var plan = deployment.plan();
        boolean current =
                deployment.isKnown() && deployment.revision() == workspace.revisionProperty().get();
        int doable = plan.doable().size();
        title.setText(idle.nextName());
        if (!plan.equals(worded)) {
            worded = plan;
            pushed = ChangeWords.of(plan, workspace.topology());
        }
        var groups = pushed;
        long lines = groups.stream().mapToLong(g -> g.lines().size()).sum();
        note.setText(lines == 0 ? "" : lines == 1 ? "1 change" : lines + " changes");
        showChanges(groups);
        showRows(ProxyRows.of(deployment));
        advice.setText(advice(deployment.isKnown(), plan, current));
        Nodes.show(advice, !advice.getText().isEmpty());
        Nodes.show(summary, false);
        showErrors();
        push.setText(doable == 1 ? "Push to 1 proxy" : "Push to " + doable + " proxies");
        push.setDisable(!current || doable == 0);
        actions(doable > 0, false, false);
    }

    private static String advice(boolean known, Plan plan, boolean current) {
        if (!known) {
            return "No proxy has said yet what it runs, so the difference is not known.";
        }
        if (!current) {
            return "The difference is being worked out for the last edit…";
        }
        if (plan.isEmpty()) {
            return "Every proxy runs what is drawn. There is nothing to push.";
        }
        return plan.doable().isEmpty()
                ? "Nothing of this can be pushed: see the reasons below."
                : "";
    }

    private void showErrors() {
        long count =
                workspace.findingsProperty().get().stream()
                        .filter(f -> f.severity() == Severity.ERROR)
                        .count();
        errors.setText(
                "■ The drawing has "
                        + (count == 1 ? "an error" : count + " errors")
                        + ": mend it first, or proxies may reject it.");
        Nodes.show(errors, count > 0);
    }

    private void show(PushState.Running running) {
        title.setText(running.name());
        note.setText("on its way");
        showChanges(pushed);
        showRows(running.rows());
        Nodes.show(advice, false);
        Nodes.show(errors, false);
        Nodes.show(summary, false);
        actions(false, true, false);
    }

    private void show(PushState.Finished finished) {
        title.setText(finished.name());
        showChanges(pushed);
        showRows(finished.rows());
        boolean whole = finished.rows().stream().allMatch(PlanView::isDone);
        note.setText(whole ? "done" : "not complete");
        summary.setText((whole ? "● " : "■ ") + finished.summary());
        Nodes.style(summary, whole ? "bm-ok" : "bm-error", "bm-ok", "bm-error");
        Nodes.show(summary, !finished.summary().isEmpty());
        Nodes.show(advice, false);
        Nodes.show(errors, false);
        rollBack.setText("Roll back " + finished.name().toLowerCase(Locale.ROOT));
        actions(false, false, finished.canRollBack());
    }

    private static boolean isDone(ProxyRow row) {
        return row.state() == ProxyRow.State.ACKED || row.state() == ProxyRow.State.UNCHANGED;
    }

    private void showChanges(List<ChangeGroup> groups) {
        changes.show(groups);
        Nodes.show(changesPart, !groups.isEmpty());
    }

    private void showRows(List<ProxyRow> rows) {
        proxies.show(rows);
        long done = rows.stream().filter(PlanView::isDone).count();
        tally.setText(rows.isEmpty() ? "" : done + " of " + rows.size() + " run it");
    }

    private void actions(boolean canPush, boolean canCancel, boolean canRollBack) {
        Nodes.show(push, canPush);
        Nodes.show(cancel, canCancel);
        Nodes.show(rollBack, canRollBack);
    }
}
