package io.batchmesh.ui.shell;

import io.batchmesh.ui.Connection;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;

/** What is open, what it is connected to, and the few things that are always at hand. */
final class ToolbarView extends HBox {
    private final Workspace workspace;
    private final Label modified = Nodes.label("●", "bm-accent");
    private final Label target = Nodes.label("", "bm-badge");
    private final ToggleButton pause = new ToggleButton("❚❚  Live");
    private final Button undo;
    private final Button redo;
    private final Button rollBack;
    private final Button push;

    /** What the buttons do that is not the workspace's own. */
    interface Actions {
        void save();

        void fit();

        void tidy();

        void toggleTheme();

        void showPush();

        void rollBack();
    }

    ToolbarView(Workspace workspace, Actions actions, TimeView time, TimeMenu times) {
        this.workspace = workspace;
        setId("toolbar");
        getStyleClass().add("bm-toolbar");
        var file = workspace.savingProperty().get().file();
        var name = Nodes.label("Batchmesh", "bm-app-name");
        name.setMinWidth(Region.USE_PREF_SIZE);
        var fileName = Nodes.label(String.valueOf(file.getFileName()), "bm-muted");
        fileName.setTooltip(new Tooltip(file.toString()));
        modified.setTooltip(new Tooltip("edited and not saved (Ctrl+S)"));
        target.setMinWidth(Region.USE_PREF_SIZE);
        pause.setId("pause");
        pause.setMinWidth(Region.USE_PREF_SIZE);
        pause.setTooltip(new Tooltip("Stop at this moment, and go back to now (Ctrl+L)"));
        pause.setOnAction(e -> {
            if (time.isLive()) {
                time.hold();
            } else {
                time.live();
            }
        });
        undo = Nodes.icon("undo", MaterialDesignU.UNDO, "Undo", workspace::undo);
        redo = Nodes.icon("redo", MaterialDesignR.REDO, "Redo", workspace::redo);
        rollBack = Nodes.button("roll-back", "Roll back", b -> actions.rollBack());
        push = Nodes.button("push", "Nothing to push", b -> actions.showPush());
        push.getStyleClass().addAll("accent", "bm-accent-button");
        Nodes.show(rollBack, false);
        getChildren()
                .addAll(
                        name,
                        fileName,
                        modified,
                        target,
                        pause,
                        times,
                        Nodes.spring(),
                        Nodes.icon(
                                "save",
                                MaterialDesignC.CONTENT_SAVE_OUTLINE,
                                "Save (Ctrl+S)",
                                actions::save),
                        Nodes.icon(
                                "fit",
                                MaterialDesignF.FIT_TO_PAGE_OUTLINE,
                                "Show all (Ctrl+0)",
                                actions::fit),
                        Nodes.icon(
                                "tidy",
                                MaterialDesignF.FILE_TREE_OUTLINE,
                                "Tidy the drawing",
                                actions::tidy),
                        Nodes.icon(
                                "theme",
                                MaterialDesignT.THEME_LIGHT_DARK,
                                "Light or dark",
                                actions::toggleTheme),
                        undo,
                        redo,
                        rollBack,
                        push);
        workspace
                .connectionProperty()
                .subscribe(c -> {
                    showConnection(c);
                    refresh();
                });
        workspace.deploymentProperty().subscribe(d -> refresh());
        workspace.revisionProperty().subscribe(r -> refresh());
        workspace.savingProperty().subscribe(s -> refresh());
    }

    /** Puts something beside the time. */
    void offer(Node node) {
        getChildren().add(getChildren().indexOf(pause) + 2, node);
    }

    /** Says whether now is shown; if not, nothing is pushed. */
    void showTime() {
        boolean live = workspace.shownTimeProperty().get().isLive();
        pause.setSelected(!live);
        pause.setText(live ? "❚❚  Live" : "▶  Live");
        rollBack.setDisable(!live);
        refresh();
    }

    /** Offers to take back the push of a name, or nothing. */
    void offerRollBack(String pushName) {
        rollBack.setText("Roll back " + pushName);
        Nodes.show(rollBack, !pushName.isEmpty());
    }

    private void refresh() {
        var history = workspace.history();
        modified.setVisible(history.isModified() && !workspace.isReadOnly());
        undo.setDisable(!history.canUndo());
        redo.setDisable(!history.canRedo());
        undo.getTooltip().setText(named("Undo", history.undoLabel(), "Ctrl+Z"));
        redo.getTooltip().setText(named("Redo", history.redoLabel(), "Ctrl+Y"));
        if (workspace.isReadOnly()) {
            push.setDisable(true);
            push.setText("Read-only");
            return;
        }
        int changes = workspace.deploymentProperty().get().plan().shared().size();
        boolean live = workspace.shownTimeProperty().get().isLive();
        push.setDisable(changes == 0 || !live);
        push.setText(
                switch (live ? changes : -1) {
                    case -1 -> "Push is off";
                    case 0 -> "Nothing to push";
                    case 1 -> "Push 1 change…";
                    default -> "Push " + changes + " changes…";
                });
    }

    private static String named(
            String verb, @org.jspecify.annotations.Nullable String what, String key) {
        return (what == null ? verb : verb + ": " + what) + " (" + key + ")";
    }

    private void showConnection(Connection connection) {
        var text =
                switch (connection) {
                    case Connection.None none -> "no mesh";
                    case Connection.Starting s -> "starting " + s.target();
                    case Connection.Connected c -> "● " + c.target();
                    case Connection.Watching w -> "◉ watching " + w.target();
                    case Connection.Lost l -> "■ " + l.target() + " ended";
                };
        target.setText(text);
        var reason =
                switch (connection) {
                    case Connection.None none -> none.reason();
                    case Connection.Starting s -> "its proxies are being started";
                    case Connection.Connected c -> c.proxies() + " proxies";
                    case Connection.Watching w ->
                            "read-only: nothing is written, and nothing can be pushed";
                    case Connection.Lost l -> l.reason();
                };
        target.setTooltip(new Tooltip(reason));
        var style =
                switch (connection) {
                    case Connection.None none -> "bm-warn";
                    case Connection.Starting s -> "bm-accent";
                    case Connection.Connected c -> "bm-ok";
                    case Connection.Watching w -> "bm-accent";
                    case Connection.Lost l -> "bm-error";
                };
        Nodes.style(target, style, "bm-ok", "bm-warn", "bm-error", "bm-accent");
    }
}
