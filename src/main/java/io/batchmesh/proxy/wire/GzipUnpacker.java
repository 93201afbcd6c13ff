package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip (RFC 1952) of one or several members with one inflater. The room in the destination
 * bounds what all members together give.
 */
final class GzipUnpacker implements AutoCloseable {
    private static final int FIXED_HEADER = 10;
    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    /** Unpacks all of {@code src}. */
    void unpack(ByteBuffer src, ByteBuffer dst) throws WireException {
        src.order(ByteOrder.LITTLE_ENDIAN);
        while (src.hasRemaining()) {
            header(src);
            int begin = dst.position();
            inflate(src, dst);
            require(src, 8);
            crc.reset();
            crc.update(dst.duplicate().flip().position(begin));
            boolean same = src.getInt() == (int) crc.getValue();
            if (src.getInt() != dst.position() - begin || !same) {
                throw malformed("checksum or length does not match");
            }
        }
    }

    private void inflate(ByteBuffer src, ByteBuffer dst) throws WireException {
        inflater.reset();
        inflater.setInput(src);
        try {
            while (!inflater.finished()) {
                if (inflater.inflate(dst) > 0 || inflater.finished()) {
                    continue;
                }
                if (!dst.hasRemaining()) {
                    throw new WireException(Fault.TOO_LARGE, "gzip", "more than was announced");
                }
                throw malformed("ends early or needs a dictionary");
            }
        } catch (DataFormatException e) {
            throw malformed("invalid deflate data");
        }
    }

    private static void header(ByteBuffer src) throws WireException {
        require(src, FIXED_HEADER);
        int magic = src.getShort() & 0xffff;
        int method = src.get();
        int flags = src.get() & 0xff;
        if (magic != 0x8b1f || method != 8 || (flags & RESERVED) != 0) {
            throw malformed("no gzip member begins here");
        }
        src.position(src.position() + 6);
        if ((flags & EXTRA) != 0) {
            require(src, 2);
            int length = src.getShort() & 0xffff;
            require(src, length);
            src.position(src.position() + length);
        }
        if ((flags & NAME) != 0) {
            skipText(src);
        }
        if ((flags & COMMENT) != 0) {
            skipText(src);
        }
        if ((flags & HEADER_CRC) != 0) {
            require(src, 2);
            src.position(src.position() + 2);
        }
    }

    private static void skipText(ByteBuffer src) throws WireException {
        do {
            require(src, 1);
        } while (src.get() != 0);
    }

    private static void require(ByteBuffer src, int bytes) throws WireException {
        if (src.remaining() < bytes) {
            throw new WireException(Fault.TRUNCATED, "gzip", "member is cut off");
        }
    }

    private static WireException malformed(String what) {
        return new WireException(Fault.MALFORMED, "gzip", what);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
