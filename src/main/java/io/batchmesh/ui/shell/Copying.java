package io.batchmesh.ui.shell;

import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.Png;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.Plot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.transform.Transform;

/** Puts pictures and data on the clipboard, or into files off the FX thread. */
final class Copying {
    private static final FilePicks.Kind CSV =
            new FilePicks.Kind("Save data", "Comma-separated values", "csv");
    private static final FilePicks.Kind PICTURE =
            new FilePicks.Kind("Save a picture", "PNG pictures", "png");
    private static final double SCALE = 2;

    private final Workspace workspace;
    private final Executor background;
    private final Supplier<FilePicks> picks;

    /**
     * @param background where files are written
     * @param picks asks for files
     */
    Copying(Workspace workspace, Executor background, Supplier<FilePicks> picks) {
        this.workspace = workspace;
        this.background = background;
        this.picks = picks;
    }

    void text(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    void picture(Plot plot) {
        var content = new ClipboardContent();
        content.putImage(imageOf(plot));
        content.putString(plot.describe());
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** Twice as fine as on the screen, on the ground of the panel. */
    static Image imageOf(Plot plot) {
        var how = new SnapshotParameters();
        how.setTransform(Transform.scale(SCALE, SCALE));
        how.setFill(plot.panelColor());
        return plot.snapshot(how, null);
    }

    void saveCsv(String name, Supplier<String> csv) {
        picks.get()
                .toWrite(
                        CSV,
                        file(name, "csv"),
                        path -> {
                            var bytes = csv.get().getBytes(StandardCharsets.UTF_8);
                            background.execute(() -> write(path, bytes));
                        });
    }

    /** Saves a text of another kind. */
    void save(FilePicks.Kind kind, String name, Supplier<String> text) {
        picks.get()
                .toWrite(
                        kind,
                        file(name, kind.ending()),
                        path -> {
                            var bytes = text.get().getBytes(StandardCharsets.UTF_8);
                            background.execute(() -> write(path, bytes));
                        });
    }

    void savePicture(Plot plot) {
        picks.get()
                .toWrite(
                        PICTURE,
                        file(plot.title(), "png"),
                        path -> {
                            var bytes = Png.encode(imageOf(plot));
                            background.execute(() -> write(path, bytes));
                        });
    }

    private static String file(String name, String ending) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "." + ending;
    }

    private void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
            FxThread.run(() -> workspace.refuse(""));
        } catch (IOException e) {
            FxThread.run(() ->
                    workspace.refuse(file + " was not written: " + e.getClass().getSimpleName()));
        }
    }
}
