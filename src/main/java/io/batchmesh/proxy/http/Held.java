package io.batchmesh.proxy.http;

import io.netty.channel.Channel;

/** A connection of a listener that is not in the hands of HTTP/1.1. On its event loop. */
interface Held {
    Channel channel();

    /** Takes nothing new and closes as soon as nothing is at hand. */
    void finish();

    /** Whether nothing has come for too long. */
    boolean overdue(long nowNanos);

    /** Looks after itself every few seconds. */
    default void sweep(long nowNanos) {}
}
