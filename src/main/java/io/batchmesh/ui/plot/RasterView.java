package io.batchmesh.ui.plot;

import java.nio.IntBuffer;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/** Shows a raster, pixel for pixel. */
final class RasterView extends ImageView {
    private @Nullable Raster raster;
    private @Nullable PixelBuffer<IntBuffer> buffer;

    RasterView() {
        setManaged(false);
        setMouseTransparent(true);
    }

    /** The raster of this size to paint on, cleared. */
    Raster begin(int width, int height) {
        Raster current = raster;
        if (current == null || current.width() != width || current.height() != height) {
            current = new Raster(width, height);
            buffer =
                    new PixelBuffer<>(
                            width,
                            height,
                            IntBuffer.wrap(current.pixels()),
                            PixelFormat.getIntArgbPreInstance());
            setImage(new WritableImage(buffer));
            raster = current;
        }
        current.clear();
        return current;
    }

    /** Shows what was painted. */
    void finish() {
        if (buffer != null) {
            buffer.updateBuffer(all -> null);
        }
    }
}
