package io.batchmesh.ui.shell;

import io.batchmesh.metrics.TraceSample;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.Plot;
import io.batchmesh.ui.plot.TimeGestures;
import io.batchmesh.ui.theme.Formats;
import java.time.Instant;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;

/** What the mouse, the keys and the menu of a plot do. */
final class PlotMenu implements TimeGestures {
    private static final double ZOOM_OUT = 4;

    private final Workspace workspace;
    private final TimeView time;
    private final TimeMenu times;
    private final Copying copying;
    private @Nullable ContextMenu shown;

    PlotMenu(Workspace workspace, TimeView time, TimeMenu times, Copying copying) {
        this.workspace = workspace;
        this.copying = copying;
        this.time = time;
        this.times = times;
    }

    @Override
    public void zoomTo(long fromMillis, long toMillis) {
        time.zoomTo(fromMillis, toMillis);
    }

    @Override
    public void zoom(double factor, long aroundMillis) {
        time.zoom(factor, aroundMillis);
    }

    @Override
    public void pan(long millis) {
        time.pan(millis);
    }

    @Override
    public void live() {
        time.live();
    }

    @Override
    public void copy(Plot plot) {
        copying.picture(plot);
    }

    @Override
    public void menu(Plot plot, long atMillis, double screenX, double screenY) {
        if (shown != null) {
            shown.hide();
        }
        var at = Instant.ofEpochMilli(atMillis);
        var menu = new ContextMenu();
        menu.getItems()
                .addAll(
                        TimeMenu.item(
                                "plot-picture",
                                "Copy as a picture (Ctrl+C)",
                                () -> copying.picture(plot)),
                        TimeMenu.item(
                                "plot-csv", "Copy the data as CSV", () -> copying.text(plot.csv())),
                        TimeMenu.item(
                                "plot-save-picture",
                                "Save as a picture…",
                                () -> copying.savePicture(plot)),
                        TimeMenu.item(
                                "plot-save-csv",
                                "Save the data as CSV…",
                                () -> copying.saveCsv(plot.title(), plot::csv)),
                        new SeparatorMenuItem(),
                        note(menu, at),
                        TimeMenu.item(
                                "plot-show-moment", "Show this moment", () -> time.showMoment(at)),
                        TimeMenu.item(
                                "plot-play",
                                "Replay from here",
                                () -> {
                                    time.showMoment(at);
                                    time.play(time.speed());
                                }),
                        TimeMenu.item(
                                "plot-around",
                                "Compare before and after this moment",
                                () -> time.compareAround(at, "this moment")),
                        new SeparatorMenuItem(),
                        TimeMenu.item(
                                "plot-zoom-out",
                                "Show four times as much",
                                () -> time.zoom(ZOOM_OUT, atMillis)),
                        TimeMenu.item("plot-live", "Back to live", time::live));
        menu.show(plot, screenX, screenY);
        shown = menu;
    }

    @Override
    public void trace(Plot plot, TraceSample trace, double screenX, double screenY) {
        if (shown != null) {
            shown.hide();
        }
        var menu = new ContextMenu();
        var said =
                new MenuItem(
                        "%s at %s, trace %s"
                                .formatted(
                                        Formats.latency(trace.seconds()),
                                        TapWriting.clock(Instant.ofEpochMilli(trace.millis())),
                                        trace.traceId()));
        said.setDisable(true);
        menu.getItems()
                .addAll(
                        said,
                        TimeMenu.item(
                                "plot-trace-copy",
                                "Copy trace id",
                                () -> copying.text(trace.traceId())));
        var template = workspace.tracesProperty().get();
        var address = template == null ? null : template.of(trace.traceId());
        if (address != null) {
            menu.getItems()
                    .add(
                            TimeMenu.item(
                                    "plot-trace-open",
                                    "Open " + address,
                                    () -> workspace.browserProperty().get().accept(address)));
        }
        menu.show(plot, screenX, screenY);
        shown = menu;
    }

    private CustomMenuItem note(ContextMenu menu, Instant at) {
        var field = new TextField();
        field.setId("plot-note");
        field.setPromptText("Note at this moment");
        field.setAccessibleText("Note at this moment");
        field.setOnAction(e -> {
            times.mark(at, field.getText());
            menu.hide();
        });
        return new CustomMenuItem(field, false);
    }
}
