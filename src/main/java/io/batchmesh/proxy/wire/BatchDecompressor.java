package io.batchmesh.proxy.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the bodies of units. What comes out is bounded by the raw length in the header, which was
 * checked against {@link WireLimits} before: neither more members nor nested data can exceed it.
 * For one thread at a time; after a {@link WireException} only {@link #close} may follow.
 */
final class BatchDecompressor implements AutoCloseable {
    private final @Nullable ZstdDecompressCtx[] running =
            new @Nullable ZstdDecompressCtx[WireProtocol.MAX_CONTEXTS];
    private @Nullable ZstdDecompressCtx zstd;
    private @Nullable ZstdDecompressCtx http;
    private @Nullable GzipUnpacker gzip;

    /** Unpacks and reads over the body at the reader index; the caller owns the result. */
    ByteBuf unpack(UnitHeader header, ByteBuf in, ByteBufAllocator alloc) throws WireException {
        // A byte more than announced, to see whether there is more than announced.
        int room = header.rawLength() + 1;
        ByteBuf out = alloc.directBuffer(room, room);
        boolean done = false;
        try {
            ByteBuffer dst = out.internalNioBuffer(0, room);
            int begin = dst.position();
            unpack(header, in, dst);
            int length = dst.position() - begin;
            if (length > header.rawLength()) {
                throw new WireException(Fault.TOO_LARGE, "body", "more than was announced");
            }
            if (length < header.rawLength()) {
                throw malformed(
                        "%d raw bytes announced, %d found".formatted(header.rawLength(), length));
            }
            done = true;
            return out.writerIndex(length);
        } finally {
            if (!done) {
                out.release();
            }
        }
    }

    private void unpack(UnitHeader header, ByteBuf in, ByteBuffer dst) throws WireException {
        int length = header.bodyLength();
        if (in.isDirect() && in.nioBufferCount() == 1) {
            unpack(header, in.internalNioBuffer(in.readerIndex(), length), dst);
            in.skipBytes(length);
            return;
        }
        ByteBuf direct = in.alloc().directBuffer(length, length);
        try {
            in.readBytes(direct, length);
            unpack(header, direct.internalNioBuffer(0, length), dst);
        } finally {
            direct.release();
        }
    }

    private void unpack(UnitHeader header, ByteBuffer src, ByteBuffer dst) throws WireException {
        try {
            switch (header.codec()) {
                case GZIP -> gzip().unpack(src, dst);
                case ZSTD -> {
                    if (header.running()) {
                        continued(context(header), src, dst);
                    } else {
                        zstd().decompress(dst, src);
                    }
                }
                case ZSTD_HTTP -> http().decompress(dst, src);
                case NONE -> throw new IllegalArgumentException("not packed");
            }
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                throw new WireException(Fault.TOO_LARGE, "zstd", "more than was announced");
            }
            throw malformed("zstd: " + e.getMessage());
        }
    }

    private static void continued(ZstdDecompressCtx context, ByteBuffer src, ByteBuffer dst)
            throws WireException {
        while (src.hasRemaining()) {
            int before = src.remaining() + dst.remaining();
            if (context.decompressDirectByteBufferStream(dst, src)) {
                throw malformed("a running context must not end");
            }
            if (src.remaining() + dst.remaining() == before) {
                throw new WireException(Fault.TOO_LARGE, "zstd", "more than was announced");
            }
        }
    }

    private ZstdDecompressCtx context(UnitHeader header) throws WireException {
        ZstdDecompressCtx context = running[header.contextId()];
        if (header.reset()) {
            if (context == null) {
                context = new ZstdDecompressCtx();
                running[header.contextId()] = context;
            }
            context.reset();
            context.setLongMax(WireProtocol.MAX_WINDOW_LOG);
            return context;
        }
        if (context == null) {
            throw malformed("context %d goes on but never began".formatted(header.contextId()));
        }
        return context;
    }

    private ZstdDecompressCtx zstd() {
        if (zstd == null) {
            zstd = new ZstdDecompressCtx();
        }
        return zstd;
    }

    private ZstdDecompressCtx http() {
        if (http == null) {
            http = new ZstdDecompressCtx();
            http.setMagicless(true);
            http.loadDict(HttpDictionary.reader());
        }
        return http;
    }

    private GzipUnpacker gzip() {
        if (gzip == null) {
            gzip = new GzipUnpacker();
        }
        return gzip;
    }

    private static WireException malformed(String what) {
        return new WireException(Fault.MALFORMED, "body", what);
    }

    @Override
    public void close() {
        for (ZstdDecompressCtx context : running) {
            if (context != null) {
                context.close();
            }
        }
        if (zstd != null) {
            zstd.close();
        }
        if (http != null) {
            http.close();
        }
        if (gzip != null) {
            gzip.close();
        }
    }
}
