package io.batchmesh.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsViewTest {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    @TempDir private Path folder;

    private <T> T with(Workspace workspace, Selection selection, Function<PlotsView, T> then) {
        return FxToolkitThread.call(() -> {
            var time = new TimeView(workspace);
            var copying = new Copying(workspace, Runnable::run, this::picks);
            var view = new PlotsView(workspace, time, copying);
            time.setOnChange(view::refresh);
            new Scene(view, 1000, 350);
            workspace.select(selection);
            view.refresh();
            layout(view);
            return then.apply(view);
        });
    }

    private static void layout(PlotsView view) {
        view.applyCss();
        view.layout();
        view.layout();
    }

    private FilePicks picks() {
        return new FilePicks() {
            @Override
            public void toWrite(Kind kind, String name, Consumer<Path> then) {
                then.accept(folder.resolve(name));
            }

            @Override
            public void toRead(Kind kind, Consumer<Path> then) {
                // Nothing is read here.
            }
        };
    }

    private static String chosen(PlotsView view) {
        return view.lookupAll(".bm-tab-strip > .toggle-button:selected").stream()
                .map(n -> ((Labeled) n).getText())
                .findFirst()
                .orElse("");
    }

    private static Plot plot(PlotsView view, String id) {
        return (Plot) view.lookup("#plot-" + id);
    }

    @Test
    void aBatchedLinkBeginsWithItsStages() {
        with(
                SamplePast.calm(60),
                Selection.of(LINK),
                view -> {
                    assertEquals("Stages", chosen(view));
                    assertTrue(plot(view, "latency-by-stage-mean").describe().contains("measured"));
                    assertTrue(plot(view, "latency-all-requests").describe().contains("99 of 100"));
                    return "";
                });
    }

    @Test
    void aLinkWithoutStagesBeginsWithRateErrorsAndDuration() {
        with(
                SamplePast.stageless(60),
                Selection.of(LINK),
                view -> {
                    assertEquals("Traffic", chosen(view));
                    assertTrue(plot(view, "duration").describe().contains("p99"));
                    return "";
                });
    }

    @Test
    void failuresAreToldApartByCode() {
        with(
                SamplePast.failing(60),
                Selection.of(LINK),
                view -> {
                    view.choose("Errors");
                    layout(view);
                    var words = plot(view, "failures-by-code").describe();
                    assertTrue(words.contains("502, 504") && words.contains("503"), words);
                    return "";
                });
    }

    @Test
    void aServiceShowsItsProxies() {
        with(
                SamplePast.calm(60),
                Selection.of(new ServiceId("reviews")),
                view -> {
                    assertEquals("Service", chosen(view));
                    view.choose("Proxies");
                    layout(view);
                    var words = plot(view, "saturation-of-1-core").describe();
                    assertTrue(
                            words.contains("reviews-v1-1") && words.contains("reviews-v3-1"),
                            words);
                    return "";
                });
    }

    @Test
    void anotherPeriodIsComparedInWordsAndCurves() {
        var workspace = SamplePast.calm(200);
        FxToolkitThread.call(() -> {
            var time = new TimeView(workspace);
            var copying = new Copying(workspace, Runnable::run, this::picks);
            var view = new PlotsView(workspace, time, copying);
            new Scene(view, 1000, 350);
            workspace.select(Selection.of(LINK));
            time.compareAround(SampleWorkspace.NOW.minusSeconds(100), "push 7");
            view.refresh();
            layout(view);
            var csv = plot(view, "items-and-batches").csv();
            assertTrue(csv.startsWith("time,items (1/s),batches (1/s),items a batch,"), csv);
            assertTrue(csv.contains("\"items, other period (1/s)\""), csv);
            var notes = CanvasNotes.of(workspace, time.deltas());
            var words = notes.links().get(LINK).words();
            assertTrue(words.contains("p99 −7") || words.contains("p99 −8"), words);
            return "";
        });
    }

    @Test
    void dataIsCopiedAsItIsShown() {
        with(
                SamplePast.calm(30),
                Selection.of(LINK),
                view -> {
                    var lines = plot(view, "items-and-batches").csv().split("\r\n");
                    assertEquals(31, lines.length);
                    assertTrue(lines[30].startsWith("2026-03-01T12:00:00Z,"), lines[30]);
                    var heat = plot(view, "latency-all-requests").csv();
                    assertTrue(heat.startsWith("time,from (s),up to (s),requests\r\n"), heat);
                    new Copying(SamplePast.calm(2), Runnable::run, this::picks)
                            .picture(plot(view, "items-and-batches"));
                    assertTrue(Clipboard.getSystemClipboard().hasImage());
                    assertFalse(Clipboard.getSystemClipboard().getString().isEmpty());
                    return "";
                });
    }

    @Test
    void aTableIsFilteredCopiedAndSaved() throws IOException {
        with(
                SamplePast.failing(30),
                Selection.of(LINK),
                view -> {
                    view.choose("Table");
                    layout(view);
                    var table = (TableView<?>) view.lookup("#table");
                    assertEquals(4, table.getItems().size());
                    ((TextField) view.lookup("#table-filter")).setText("RATINGS");
                    assertEquals(1, table.getItems().size());
                    ((Button) view.lookup("#table-copy")).fire();
                    var copied = Clipboard.getSystemClipboard().getString();
                    assertTrue(copied.startsWith("link\trequests\terrors\t"), copied);
                    assertTrue(copied.contains("\nreviews->ratings\t758/s\t10 %\t"), copied);
                    ((Button) view.lookup("#table-csv")).fire();
                    return "";
                });
        var csv = Files.readString(folder.resolve("links.csv"));
        assertTrue(csv.startsWith("link,requests (1/s),errors (of 1),mean (s),"), csv);
        assertTrue(csv.contains("\r\nreviews->ratings,"), csv);
        assertTrue(csv.contains(", linger "), csv);
    }

    @Test
    void everythingHasATable() {
        var seen = SamplePast.failing(5).snapshotProperty().get();
        assertEquals(4, MeshTables.LINKS.of(seen).rows().size());
        assertEquals(5, MeshTables.SERVICES.of(seen).rows().size());
        assertEquals(7, MeshTables.PROXIES.of(seen).rows().size());
        assertEquals(20, MeshTables.STAGES.of(seen).rows().size());
        for (var kind : MeshTables.values()) {
            var table = kind.of(seen);
            for (var row : table.rows()) {
                assertEquals(table.columns().size(), row.cells().size(), kind + " " + row.key());
            }
        }
    }
}
