package io.batchmesh.ui.shell;

import io.batchmesh.store.Autosave;
import io.batchmesh.store.Journals;
import io.batchmesh.store.Recovered;
import io.batchmesh.store.SaveResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.store.ViewBookmark;
import io.batchmesh.time.Clocks;
import io.batchmesh.ui.AdviceWatch;
import io.batchmesh.ui.Png;
import io.batchmesh.ui.Saving;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Appearance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** One window on one topology file: what is shown, and what its keys and buttons do. FX thread. */
public final class Dashboard implements AutoCloseable {
    private static final double WIDTH = 1600;
    private static final double HEIGHT = 1000;

    private final Workspace workspace;
    private final Session session;
    private final ShellView shell;
    private final Scene scene;
    private final Appearance appearance;
    private final RightSide right;
    private final Autosave autosave;
    private TopologyFile file;
    private @Nullable ViewBookmark wanted;

    /**
     * @param file what is open
     * @param clocks wall time and ticker
     * @param parts what feeds it
     * @param background where long layouts are computed
     * @param options the theme, and where edits are kept that are not saved
     */
    public Dashboard(
            TopologyFile file,
            Clocks clocks,
            SessionParts parts,
            Executor background,
            DashboardOptions options) {
        this.file = file;
        appearance =
                new Appearance(options.theme(), Platform.getPreferences().colorSchemeProperty());
        workspace = new Workspace(file.topology(), file.path(), clocks);
        if (options.readOnly()) {
            workspace.setReadOnly();
        }
        AdviceWatch.over(workspace, background);
        shell = new ShellView(workspace, background, new Actions());
        session = new Session(workspace, this::refresh, parts);
        session.setOnDrawn(shell.canvas()::fit);
        var desk = new PushRoom(workspace, session, parts);
        right = new RightSide(workspace, shell, desk, background);
        desk.setOnClose(right::showInspector);
        autosave = new Autosave(options.journals(), file, options.timing());
        workspace
                .topologyProperty()
                .subscribe(t -> {
                    if (workspace.history().isModified() && !workspace.isReadOnly()) {
                        autosave.changed(t);
                    }
                });
        scene = new Scene(shell, WIDTH, HEIGHT);
        shell.setPicks(FilePicks.of(scene));
        keys().forEach(scene.getAccelerators()::put);
        shell.refresh();
    }

    private void refresh() {
        shell.refresh();
        var view = wanted;
        if (view != null && !workspace.topology().services().isEmpty()) {
            wanted = null;
            shell.showLacking(shell.bookmarks().show(view));
        }
    }

    /** Shows a bookmark as soon as there is something to show. */
    public void open(ViewBookmark view) {
        wanted = view;
    }

    public Workspace workspace() {
        return workspace;
    }

    public Session session() {
        return session;
    }

    public Scene scene() {
        return scene;
    }

    public ShellView shell() {
        return shell;
    }

    /** Puts it into a window. */
    public void show(Stage stage) {
        stage.setTitle("Batchmesh · " + file.path().getFileName());
        stage.setScene(scene);
        stage.setMinWidth(900);
        stage.setMinHeight(600);
        stage.show();
    }

    /** A PNG of it as it is now, also when it is in no window. */
    public byte[] picture() {
        shell.applyCss();
        shell.layout();
        if (scene.getWindow() == null) {
            drawAnew(shell);
        }
        Image image = scene.snapshot(null);
        return Png.encode(image);
    }

    /**
     * Keeps no bitmaps of parts: scroll panes do, and only the pulses of a window tell such a
     * bitmap that it is stale.
     */
    private static void drawAnew(Parent parent) {
        parent.setCache(false);
        for (var child : parent.getChildrenUnmodifiable()) {
            if (child instanceof Parent part) {
                drawAnew(part);
            }
        }
    }

    /** What is to be seen now, as a line of text for a terminal. */
    public String line() {
        return TextLine.of(workspace);
    }

    /** What was seen of each link at last, as a table for a terminal. */
    public String summary() {
        return SummaryTable.of(workspace);
    }

    private Map<KeyCombination, Runnable> keys() {
        var keys = new LinkedHashMap<KeyCombination, Runnable>();
        keys.put(shortcut(KeyCode.S), this::save);
        keys.put(shortcut(KeyCode.Z), workspace::undo);
        keys.put(shortcut(KeyCode.Y), workspace::redo);
        keys.put(
                new KeyCodeCombination(
                        KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                workspace::redo);
        keys.put(shortcut(KeyCode.DIGIT0), shell.canvas()::fit);
        keys.put(shortcut(KeyCode.PLUS), shell.canvas()::zoomIn);
        keys.put(shortcut(KeyCode.EQUALS), shell.canvas()::zoomIn);
        keys.put(shortcut(KeyCode.MINUS), shell.canvas()::zoomOut);
        keys.put(shortcut(KeyCode.B), shell.bookmarks()::copy);
        keys.put(
                new KeyCodeCombination(
                        KeyCode.B, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                shell.bookmarks()::paste);
        keys.put(shortcut(KeyCode.L), this::holdOrGoLive);
        keys.put(shortcut(KeyCode.R), shell.timeBanner()::togglePlaying);
        return keys;
    }

    private void holdOrGoLive() {
        if (shell.time().isLive()) {
            shell.time().hold();
        } else {
            shell.time().live();
        }
    }

    private static KeyCombination shortcut(KeyCode code) {
        return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
    }

    /** Saves the drawing. */
    void save() {
        if (workspace.isReadOnly()) {
            workspace.refuse("read-only: nothing is written; 'discover --out' makes a file");
            return;
        }
        var before = workspace.savingProperty().get();
        switch (file.save(workspace.topology())) {
            case SaveResult.Saved saved -> {
                file = saved.file();
                workspace.history().markSaved();
                autosave.saved(file);
                var now = workspace.clocks().now();
                workspace.savingProperty().set(new Saving(file.path(), now, ""));
            }
            case SaveResult.Conflict conflict ->
                    problem(
                            before,
                            "somebody changed the file since it was opened; save it elsewhere");
            case SaveResult.Unwritable unwritable ->
                    problem(before, unwritable.faults().getFirst().describe());
            case SaveResult.Failed failed -> problem(before, failed.reason());
        }
    }

    private void problem(Saving before, String problem) {
        workspace.savingProperty().set(new Saving(before.file(), before.savedAt(), problem));
    }

    /**
     * Offers edits that an earlier session did not save, beside the file as it is: nothing is
     * overwritten until the user says so.
     */
    public void offer(Recovered recovered) {
        shell.showBanner(
                new RecoveryBanner(
                        recovered,
                        workspace,
                        () -> {
                            autosave.adopt(recovered);
                            shell.hideBanner();
                        },
                        () -> {
                            Journals.discard(recovered);
                            shell.hideBanner();
                        }));
    }

    @Override
    public void close() {
        session.close();
        autosave.close();
    }

    private final class Actions implements ToolbarView.Actions {
        @Override
        public void save() {
            Dashboard.this.save();
        }

        @Override
        public void fit() {
            shell.canvas().fit();
        }

        @Override
        public void tidy() {
            shell.canvas().tidy();
        }

        @Override
        public void toggleTheme() {
            appearance.toggle();
        }

        @Override
        public void showPush() {
            right.showPush();
        }

        @Override
        public void rollBack() {
            right.rollBack();
        }
    }
}
