package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Gathers the pieces of a body; one piece alone is not copied. */
public final class BodyBuffer {
    private @Nullable ByteBuf first;
    private @Nullable ByteBuf all;

    /** Bytes so far. */
    public int size() {
        if (all != null) {
            return all.readableBytes();
        }
        return first == null ? 0 : first.readableBytes();
    }

    /** Adds a piece, which belongs to this from now on. */
    public void add(ByteBuf piece, ByteBufAllocator alloc) {
        if (!piece.isReadable()) {
            piece.release();
            return;
        }
        if (all == null && first == null) {
            first = piece;
            return;
        }
        if (all == null) {
            all = alloc.buffer(size() + Math.max(piece.readableBytes(), 1024));
            if (first != null) {
                all.writeBytes(first);
                first.release();
                first = null;
            }
        }
        all.writeBytes(piece);
        piece.release();
    }

    /** All bytes, owned by whoever takes them. */
    public ByteBuf take() {
        var taken = all != null ? all : first != null ? first : Unpooled.EMPTY_BUFFER;
        all = null;
        first = null;
        return taken;
    }

    /** Throws all away. */
    public void clear() {
        take().release();
    }
}
