package io.batchmesh.ui.shell;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.edit.ServiceEdit;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.canvas.Thing;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done with a thing on the canvas: first what helps in an incident. */
final class CanvasMenu {
    private final ShellView shell;
    private final ContextMenu menu = new ContextMenu();

    private CanvasMenu(ShellView shell) {
        this.shell = shell;
        menu.setId("canvas-menu");
        menu.setAutoHide(true);
    }

    static ContextMenu of(ShellView shell, Thing thing) {
        var made = new CanvasMenu(shell);
        switch (thing) {
            case Thing.OfLink(var id) -> made.link(id);
            case Thing.OfService(var id) -> made.service(id);
            case Thing.Port(var id) -> made.service(id);
            case Thing.OfNote _, Thing.OfGroup _, Thing.Ground _ -> made.ground();
        }
        return made.menu;
    }

    private void item(String id, String words, Runnable action) {
        menu.getItems().add(TimeMenu.item(id, words, action));
    }

    private void hand(List<LinkId> links) {
        var items = HandMenu.items(shell.workspace(), links);
        menu.getItems().addAll(items);
        if (!items.isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
        }
    }

    private void link(LinkId id) {
        hand(List.of(id));
        alert(new AlertTarget(AlertTarget.Kind.LINK, id.toString()));
        ground();
        edit("Remove link", () -> shell.workspace().edit(new LinkEdit.RemoveLink(id)));
    }

    private void service(ServiceId id) {
        hand(HandMenu.into(shell.workspace(), id));
        alert(new AlertTarget(AlertTarget.Kind.SERVICE, id.name()));
        ground();
        edit("Remove service", () -> shell.workspace().edit(new ServiceEdit.RemoveService(id)));
    }

    private void edit(String words, Runnable action) {
        if (!shell.workspace().isReadOnly()) {
            menu.getItems().add(new SeparatorMenuItem());
            item("canvas-remove", words, action);
        }
    }

    private void alert(AlertTarget target) {
        var threshold = new AlertCondition.Threshold(AlertMeasure.P99, null, true, 0.25);
        var wait = Duration.ofMinutes(1);
        MenuItem made =
                TimeMenu.item(
                        "canvas-alert",
                        "Alert on " + target.words() + "…",
                        () -> {
                            shell.showTab(PlotsView.ALERTS);
                            shell.plots()
                                    .alerts()
                                    .begin(
                                            new AlertRule(
                                                    "",
                                                    target,
                                                    threshold,
                                                    wait,
                                                    AlertRule.Urgency.TICKET));
                        });
        made.setDisable(shell.workspace().isReadOnly());
        menu.getItems().add(made);
    }

    /** What concerns the whole view. */
    private void ground() {
        item("canvas-timeline", "What changed", () -> shell.showTab(PlotsView.TIMELINE));
        item("canvas-fit", "Show all (Ctrl+0)", () -> shell.canvas().fit());
    }
}
