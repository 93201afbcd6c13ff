package io.batchmesh.proxy.inbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The way back to a peer: a stream, or the reply to one {@code POST /batch}. */
interface ReplyPort {
    ByteBufAllocator alloc();

    /** Queues a unit, which is owned by this. */
    void write(ByteBuf unit);

    /** Sends what is queued. */
    void flush();

    /** Bytes that the peer has not taken yet. */
    long backlog();

    /** Items were answered or given up. */
    void settled();
}
