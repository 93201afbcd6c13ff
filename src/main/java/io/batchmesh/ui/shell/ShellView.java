package io.batchmesh.ui.shell;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.edit.SceneEdit;
import io.batchmesh.edit.ServiceEdit;
import io.batchmesh.model.Layout;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.canvas.CanvasActions;
import io.batchmesh.ui.canvas.Minimap;
import io.batchmesh.ui.canvas.Thing;
import io.batchmesh.ui.canvas.TopologyCanvas;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The window's content: one calm whole, the canvas in the middle. */
public final class ShellView extends BorderPane {
    private static final double PLOTS_SHARE = 0.36;

    /** How long somebody else's change needs attention. */
    private static final Duration FOREIGN_FOR = Duration.ofMinutes(15);

    private final Workspace workspace;
    private final TopologyCanvas canvas;
    private final ToolbarView toolbar;
    private final SidebarView sidebar;
    private final StatusBarView status;
    private final PlotsView plots;
    private final TimeView time;
    private final TimeMenu timeMenu;
    private final TimeBanner timeBanner;
    private final Recordings recordings;
    private final Bookmarks bookmarks;
    private final VBox top = new VBox();
    private final Region pastFrame = new Region();
    private FilePicks picks = FilePicks.NONE;
    private final StackPane right = new StackPane();

    /**
     * @param workspace what is shown
     * @param background where long layouts are computed
     * @param actions what the toolbar does that is not the workspace's own
     */
    ShellView(Workspace workspace, Executor background, ToolbarView.Actions actions) {
        this.workspace = workspace;
        setId("shell");
        getStyleClass().add("bm-window");
        canvas = new TopologyCanvas(background);
        time = new TimeView(workspace);
        recordings = new Recordings(workspace, time, background);
        timeMenu =
                new TimeMenu(
                        workspace,
                        time,
                        () -> recordings.askToSave(picks),
                        () -> recordings.askToOpen(picks));
        timeBanner = new TimeBanner(workspace, time);
        toolbar = new ToolbarView(workspace, actions, time, timeMenu);
        var copying = new Copying(workspace, background, () -> picks);
        bookmarks = new Bookmarks(workspace, this, copying, background);
        bookmarks.setOnLacking(this::showLacking);
        toolbar.offer(new ViewMenu(bookmarks, () -> picks));
        plots = new PlotsView(workspace, time, copying);
        plots.setGestures(new PlotMenu(workspace, time, timeMenu, copying));
        status = new StatusBarView(workspace);
        sidebar = new SidebarView(workspace, new Minimap(canvas), new AddBox(workspace, canvas));
        sidebar.setShowTab(plots::choose);
        sidebar.setForeign(
                () -> plots.timeline().foreign(workspace.shownMoment().minus(FOREIGN_FOR)));
        Nodes.show(timeBanner, false);
        top.getChildren().addAll(toolbar, timeBanner);
        setTop(top);
        setLeft(sidebar);
        setBottom(status);
        setCenter(middle());
        right.setId("right");
        setRight(right);
        bindCanvas();
        time.setOnChange(this::showMoment);
    }

    private SplitPane middle() {
        canvas.setId("canvas");
        canvas.setMinSize(200, 160);
        plots.setMinHeight(190);
        plots.setPrefHeight(350);
        pastFrame.getStyleClass().add("bm-past-frame");
        pastFrame.setMouseTransparent(true);
        pastFrame.setVisible(false);
        var drawing = new StackPane(canvas, pastFrame);
        drawing.setMinSize(200, 160);
        var split = new SplitPane(drawing, plots);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(1 - PLOTS_SHARE);
        SplitPane.setResizableWithParent(plots, false);
        return split;
    }

    private void bindCanvas() {
        canvas.openTopology(workspace.topology());
        canvas.selectionProperty().bindBidirectional(workspace.selectionProperty());
        workspace.topologyProperty().subscribe(canvas::setTopology);
        workspace.findingsProperty().subscribe(f -> annotate());
        workspace.deploymentProperty().subscribe(d -> annotate());
        workspace.switchedProperty().subscribe(s -> annotate());
        workspace.selectionProperty().subscribe(s -> plots.refresh());
        canvas.setActions(new Edits());
    }

    private void annotate() {
        canvas.setAnnotations(CanvasNotes.of(workspace, time.deltas()));
    }

    /** Called once for each snapshot: shows it everywhere, unless a moment of the past is shown. */
    void refresh() {
        plots.timeline().look();
        if (time.isLive()) {
            showMoment();
        } else {
            timeBanner.refresh();
            status.refresh();
        }
    }

    /** Shows the moment that is to be shown, everywhere. */
    private void showMoment() {
        boolean past = !time.isLive();
        Nodes.show(timeBanner, past);
        pastFrame.setVisible(past);
        timeBanner.refresh();
        timeMenu.refresh();
        toolbar.showTime();
        canvas.setSnapshot(workspace.snapshotProperty().get());
        annotate();
        sidebar.refresh();
        plots.refresh();
        status.refresh();
    }

    /** Shows something above the canvas that the user should decide about. */
    void showBanner(Region banner) {
        hideBanner();
        top.getChildren().add(1, banner);
    }

    void hideBanner() {
        top.getChildren().setAll(toolbar, timeBanner);
    }

    /** Says what of a bookmark could not be shown. */
    void showLacking(List<String> lacking) {
        if (lacking.isEmpty()) {
            hideBanner();
        } else {
            showBanner(new LackingBanner(lacking, this::hideBanner));
        }
    }

    Bookmarks bookmarks() {
        return bookmarks;
    }

    /** Shows a panel on the right; the one before it goes. */
    void showRight(Region panel) {
        right.getChildren().setAll(panel);
    }

    /** Asks for files by these from now on. */
    void setPicks(FilePicks picks) {
        this.picks = picks;
    }

    /** Shows a tab of the dock. */
    void showTab(String name) {
        plots.choose(name);
    }

    TimeView time() {
        return time;
    }

    TimeBanner timeBanner() {
        return timeBanner;
    }

    Recordings recordings() {
        return recordings;
    }

    public TopologyCanvas canvas() {
        return canvas;
    }

    Workspace workspace() {
        return workspace;
    }

    PlotsView plots() {
        return plots;
    }

    ToolbarView toolbar() {
        return toolbar;
    }

    /** What is done on the canvas, as edits. */
    private final class Edits implements CanvasActions {
        @Override
        public void onMoved(Map<ServiceId, Layout.Position> positions) {
            workspace.edit(new SceneEdit.MoveServices(positions));
        }

        @Override
        public void onTidied(Map<ServiceId, Layout.Position> positions) {
            workspace.edit(new SceneEdit.Arrange(new Layout(positions)));
        }

        @Override
        public void onLinkDrawn(ServiceId from, ServiceId to) {
            var id = new LinkId(from, to);
            workspace.edit(new LinkEdit.AddLink(id));
            if (workspace.topology().link(id) != null) {
                workspace.select(Selection.of(id));
            }
        }

        @Override
        public void onContextMenu(Thing thing, Point2D screen, Point2D drawing) {
            CanvasMenu.of(ShellView.this, thing).show(canvas, screen.getX(), screen.getY());
        }

        @Override
        public void onDelete(Selection selection) {
            var step = new Object();
            selection.links().forEach(l -> workspace.edit(new LinkEdit.RemoveLink(l), step));
            selection
                    .services()
                    .forEach(s -> workspace.edit(new ServiceEdit.RemoveService(s), step));
        }
    }
}
