package io.batchmesh.proxy.wire;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Packs the frames of one caller into a unit. Contexts of the codecs are made when first needed,
 * used again, and closed with this. For one thread at a time.
 */
public final class BatchCompressor implements AutoCloseable {
    /** Units of a running context are packed from so many bytes on, even if more are set. */
    private static final int RUNNING_LEAST = 48;

    private final Compression compression;
    private final WireLimits limits;
    private final RunningContexts running;
    private @Nullable ZstdCompressCtx zstd;
    private @Nullable GzipPacker gzip;

    /** A compressor for one direction of one stream, or for bodies of {@code POST /batch}. */
    public BatchCompressor(Compression compression, WireLimits limits) {
        this.compression = compression;
        this.limits = limits;
        this.running = new RunningContexts(compression.level());
    }

    /**
     * Packs all readable bytes of {@code raw}, whose indexes stay.
     *
     * @param raw whole frames of {@code caller} alone
     * @return the unit with its header, owned by the caller; null if it is better sent as it is:
     *     compression is off, there are too few bytes, it does not shrink, or it shrinks so much
     *     that a receiver would take it for a bomb
     */
    public @Nullable ByteBuf pack(CallerIdentity caller, ByteBuf raw, ByteBufAllocator alloc) {
        int length = raw.readableBytes();
        if (compression.codec() == Codec.NONE || length < least()) {
            return null;
        }
        int room = (int) Zstd.compressBound(length) + 64;
        ByteBuf out = alloc.directBuffer(UnitHeader.MAX_BYTES + room);
        boolean done = false;
        try {
            ByteBuffer dst = out.internalNioBuffer(UnitHeader.MAX_BYTES, room);
            UnitHeader header = pack(caller, raw, dst);
            done = header != null;
            return header == null ? null : finish(header, out, alloc);
        } finally {
            if (!done) {
                out.release();
            }
        }
    }

    /** A context that runs knows the traffic already, so that short units shrink as well. */
    private int least() {
        int least = compression.minBytes();
        return Math.max(1, compression.running() ? Math.min(least, RUNNING_LEAST) : least);
    }

    private @Nullable UnitHeader pack(CallerIdentity caller, ByteBuf raw, ByteBuffer dst) {
        if (raw.nioBufferCount() == 1 && raw.isDirect()) {
            return pack(caller, raw.internalNioBuffer(raw.readerIndex(), raw.readableBytes()), dst);
        }
        ByteBuf direct = raw.alloc().directBuffer(raw.readableBytes());
        try {
            direct.writeBytes(raw, raw.readerIndex(), raw.readableBytes());
            return pack(caller, direct.internalNioBuffer(0, direct.readableBytes()), dst);
        } finally {
            direct.release();
        }
    }

    private @Nullable UnitHeader pack(CallerIdentity caller, ByteBuffer src, ByteBuffer dst) {
        int length = src.remaining();
        if (compression.running()) {
            return continued(caller, src, dst);
        }
        int begin = dst.position();
        if (compression.codec() == Codec.GZIP) {
            if (!gzip().pack(src, dst)) {
                return null;
            }
        } else {
            zstd().compress(dst, src);
        }
        int packed = dst.position() - begin;
        var codec = compression.codec() == Codec.ZSTD ? Codec.ZSTD_HTTP : compression.codec();
        return packed < length && limits.allowsRatio(length, packed)
                ? new UnitHeader(codec, UnitHeader.FRESH, false, length, packed)
                : null;
    }

    private @Nullable UnitHeader continued(CallerIdentity caller, ByteBuffer src, ByteBuffer dst) {
        int length = src.remaining();
        int begin = dst.position();
        RunningContexts.Slot slot = running.of(caller);
        boolean reset = slot.fresh();
        boolean sent = false;
        try {
            if (!slot.context().compressDirectByteBufferStream(dst, src, EndDirective.FLUSH)
                    || src.hasRemaining()) {
                throw new IllegalStateException("zstd needs more room than it said");
            }
            int packed = dst.position() - begin;
            sent = limits.allowsRatio(length, packed);
            slot.used();
            return sent ? new UnitHeader(Codec.ZSTD, slot.id(), reset, length, packed) : null;
        } finally {
            if (!sent) {
                running.clear(slot);
            }
        }
    }

    /** Puts the header right before the body, and gives back memory that is far too large. */
    private static ByteBuf finish(UnitHeader header, ByteBuf out, ByteBufAllocator alloc) {
        int begin = UnitHeader.MAX_BYTES - header.size();
        int end = UnitHeader.MAX_BYTES + header.bodyLength();
        out.setIndex(begin, begin);
        header.write(out);
        out.writerIndex(end);
        if (end - begin > out.capacity() / 4) {
            return out;
        }
        ByteBuf small = alloc.directBuffer(end - begin).writeBytes(out);
        out.release();
        return small;
    }

    private ZstdCompressCtx zstd() {
        if (zstd == null) {
            zstd = alone(compression.level());
        }
        return zstd;
    }

    private static ZstdCompressCtx alone(int level) {
        var context = new ZstdCompressCtx();
        context.setLevel(level);
        // The unit's header says what these would, and they are bytes of each unit.
        context.setMagicless(true);
        context.setContentSize(false);
        context.setDictID(false);
        return context.loadDict(HttpDictionary.writer(level));
    }

    private GzipPacker gzip() {
        if (gzip == null) {
            gzip = new GzipPacker(compression.level());
        }
        return gzip;
    }

    @Override
    public void close() {
        running.close();
        if (zstd != null) {
            zstd.close();
        }
        if (gzip != null) {
            gzip.close();
        }
    }
}
