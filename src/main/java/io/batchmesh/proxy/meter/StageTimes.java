package io.batchmesh.proxy.meter;

/**
 * The times of one batched request, in nanoseconds. They abut: their sum is the time from the
 * complete request head to the last byte of the reply.
 *
 * @param cache the look-up at arrival; 0 where there is no cache
 * @param collect waiting until its frame was cut, all but the look-up
 * @param combine of its frame
 * @param compress of its frame
 * @param send from the first byte of its frame to its own last reply byte
 */
public record StageTimes(long cache, long collect, long combine, long compress, long send) {}
