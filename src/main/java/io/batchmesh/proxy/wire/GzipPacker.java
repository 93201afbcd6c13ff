package io.batchmesh.proxy.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes single gzip members (RFC 1952) with one deflater, which is used again and again. */
final class GzipPacker implements AutoCloseable {
    private static final int TRAILER = 8;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();

    GzipPacker(int level) {
        deflater = new Deflater(level, true);
    }

    /** Packs all of {@code src}; false if it does not fit into {@code dst}. */
    boolean pack(ByteBuffer src, ByteBuffer dst) {
        if (dst.remaining() <= HEADER.length + TRAILER) {
            return false;
        }
        int length = src.remaining();
        crc.reset();
        crc.update(src.duplicate());
        dst.put(HEADER);
        dst.limit(dst.limit() - TRAILER);
        deflater.reset();
        deflater.setInput(src);
        deflater.finish();
        while (!deflater.finished()) {
            if (deflater.deflate(dst) == 0) {
                return false;
            }
        }
        dst.limit(dst.limit() + TRAILER);
        dst.order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).putInt(length);
        return true;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
