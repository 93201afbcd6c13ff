package io.batchmesh.proxy.inbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;

/** The way back to a peer: a stream, or the reply to one {@code POST /batch}. */
interface ReplyPort {
    ByteBufAllocator alloc();

    /** The connection to the peer. */
    Channel channel();

    /** Queues a unit, which is owned by this. */
    void write(ByteBuf unit);

    /** Sends what is queued. */
    void flush();

    /** The least time between two units, of which the second is not full, in nanoseconds. */
    default long spacingNanos(long now) {
        return 0;
    }

    /** Whether it takes bytes without piling them up. */
    default boolean takes() {
        return channel().isWritable();
    }

    /** Bytes that the peer has not taken yet. */
    long backlog();

    /** Items were answered or given up. */
    void settled();
}
