package io.batchmesh.ui;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;

/**
 * Writes pictures as PNG, which JavaFX can only read. 8 bits per channel with alpha, rows filtered
 * by "up" (PNG, third edition, section 9.2), which suits drawings.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BYTES_PER_PIXEL = 4;
    private static final byte FILTER_UP = 2;

    private Png() {}

    /**
     * The file's bytes. Any thread, once nothing else writes to the image.
     *
     * @throws IllegalArgumentException if the image cannot be read, as when it is still loading
     */
    public static byte[] encode(Image image) {
        PixelReader reader = image.getPixelReader();
        if (reader == null) {
            throw new IllegalArgumentException("the picture has no pixels to read");
        }
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        byte[] header =
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 6, 0, 0, 0})
                        .array();
        chunk(out, "IHDR", header);
        chunk(out, "IDAT", deflate(rows(reader, width, height)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] rows(PixelReader reader, int width, int height) {
        int stride = width * BYTES_PER_PIXEL;
        byte[] filtered = new byte[(stride + 1) * height];
        int[] pixels = new int[width];
        byte[] above = new byte[stride];
        byte[] row = new byte[stride];
        for (int y = 0; y < height; y++) {
            reader.getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), pixels, 0, width);
            spread(pixels, row);
            int at = y * (stride + 1);
            filtered[at] = FILTER_UP;
            for (int i = 0; i < stride; i++) {
                filtered[at + 1 + i] = (byte) (row[i] - above[i]);
            }
            byte[] spare = above;
            above = row;
            row = spare;
        }
        return filtered;
    }

    private static void spread(int[] argb, byte[] rgba) {
        for (int x = 0; x < argb.length; x++) {
            int pixel = argb[x];
            rgba[4 * x] = (byte) (pixel >> 16);
            rgba[4 * x + 1] = (byte) (pixel >> 8);
            rgba[4 * x + 2] = (byte) pixel;
            rgba[4 * x + 3] = (byte) (pixel >>> 24);
        }
    }

    private static byte[] deflate(byte[] raw) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(raw);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length / 8 + 64);
            byte[] buffer = new byte[16 * 1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
