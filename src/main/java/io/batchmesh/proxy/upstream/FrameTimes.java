package io.batchmesh.proxy.upstream;

import io.batchmesh.metrics.FlushReason;

/**
 * When a frame was made: clock readings in nanoseconds that abut.
 *
 * @param cut its items were taken from the queue
 * @param combined they were put together
 * @param compressed they were packed, and the first byte goes out
 * @param packed whether anything was compressed
 * @param items how many requests are in it
 * @param reason why it was cut
 */
public record FrameTimes(
        long cut, long combined, long compressed, boolean packed, int items, FlushReason reason) {}
