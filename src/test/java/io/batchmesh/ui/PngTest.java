package io.batchmesh.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.util.Random;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.Test;

class PngTest {

    @Test
    void a_picture_is_read_back_as_it_was_written() {
        long seed = 4711;
        Random random = new Random(seed);
        WritableImage image = new WritableImage(67, 41);
        for (int y = 0; y < 41; y++) {
            for (int x = 0; x < 67; x++) {
                image.getPixelWriter().setArgb(x, y, random.nextInt() | 0xff000000);
            }
        }

        byte[] png = Png.encode(image);
        Image back = FxToolkitThread.call(() -> new Image(new ByteArrayInputStream(png)));

        assertFalse(back.isError());
        assertEquals(67, back.getWidth());
        assertEquals(41, back.getHeight());
        for (int y = 0; y < 41; y++) {
            for (int x = 0; x < 67; x++) {
                assertEquals(
                        image.getPixelReader().getArgb(x, y),
                        back.getPixelReader().getArgb(x, y),
                        "at " + x + "," + y + ", seed " + seed);
            }
        }
    }

    @Test
    void what_is_transparent_stays_so() {
        WritableImage image = new WritableImage(2, 1);
        image.getPixelWriter().setArgb(0, 0, 0x80ff0000);

        byte[] png = Png.encode(image);
        Image back = FxToolkitThread.call(() -> new Image(new ByteArrayInputStream(png)));

        assertEquals(0x80, back.getPixelReader().getArgb(0, 0) >>> 24);
        assertEquals(0, back.getPixelReader().getArgb(1, 0) >>> 24);
    }
}
