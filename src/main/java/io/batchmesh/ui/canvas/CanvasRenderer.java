package io.batchmesh.ui.canvas;

import io.batchmesh.model.Topology;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.Png;
import io.batchmesh.ui.theme.Theme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;

/**
 * Draws topologies into picture files. Services without a place get one; the topology stays as it
 * is.
 */
public final class CanvasRenderer {
    /** Pixels on the longer side at most; a larger drawing is drawn smaller. */
    static final double MAX_PIXELS = 6000;

    private static final double MARGIN = 32;
    private static final double EMPTY_WIDTH = 640;
    private static final double EMPTY_HEIGHT = 360;

    private CanvasRenderer() {}

    /**
     * Writes a picture, SVG where the name ends so, else PNG; whole or not at all. Not on the FX
     * thread.
     *
     * @throws IOException when the file cannot be written
     */
    public static void render(Topology topology, Path file, boolean light) throws IOException {
        var bytes = isSvg(file) ? svg(topology, light) : png(topology, light);
        var part = file.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Whether a picture of this name is SVG, which needs no toolkit. */
    public static boolean isSvg(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    /** As SVG text in UTF-8. Needs no toolkit. Not on the FX thread: large layouts take a while. */
    public static byte[] svg(Topology topology, boolean light) {
        return SvgWriter.write(
                        topology.name(),
                        picture(topology),
                        StyleColors.of(light ? Theme.LIGHT : Theme.DARK))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * As PNG. The toolkit must have been started; needs no display and no window. Not on the FX
     * thread, which it waits for.
     *
     * @throws java.util.concurrent.CompletionException when drawing fails
     */
    public static byte[] png(Topology topology, boolean light) {
        var picture = picture(topology);
        var image = new CompletableFuture<WritableImage>();
        FxThread.run(() ->
                image.completeAsync(
                        () -> draw(picture, light ? Theme.LIGHT : Theme.DARK), Runnable::run));
        return Png.encode(image.join());
    }

    /** The picture of what is drawn, with places for all. */
    static Picture picture(Topology topology) {
        var positions = AutoLayout.complete(topology, topology.layout().services());
        return new SceneModel().pictureOf(SceneInput.of(topology, positions));
    }

    private static WritableImage draw(Picture picture, Theme theme) {
        var bounds = picture.bounds();
        var width = bounds == null ? EMPTY_WIDTH : bounds.width() + 2 * MARGIN;
        var height = bounds == null ? EMPTY_HEIGHT : bounds.height() + 2 * MARGIN;
        var scale = Math.min(1, MAX_PIXELS / Math.max(width, height));
        var canvas = new Canvas(Math.ceil(width * scale), Math.ceil(height * scale));
        var view =
                bounds == null
                        ? Viewport.PLAIN
                        : new Viewport(
                                scale,
                                (MARGIN - bounds.x()) * scale,
                                (MARGIN - bounds.y()) * scale);
        new ScenePainter(picture, view, canvas.getWidth(), canvas.getHeight(), Emphasis.NONE)
                .withoutGrid()
                .paint(
                        new CanvasPen(
                                canvas.getGraphicsContext2D(), theme.palette(), new LineRaster()));
        return canvas.snapshot(null, null);
    }
}
