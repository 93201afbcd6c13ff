package io.batchmesh.proxy.wire;

/**
 * What the peer says about the time it needed, so that the caller can split its {@code send} stage
 * into wire out, peer, service and wire back without comparing clocks of two machines.
 *
 * @param heldNanos nanoseconds between the last byte of the request at the peer and the first byte
 *     of its reply, the service included
 * @param serviceNanos nanoseconds of these for which the service had the request
 */
public record PeerReport(long heldNanos, long serviceNanos) {
    /** A reply for which nothing was measured. */
    public static final PeerReport NONE = new PeerReport(0, 0);

    /** Clamps to what a varint holds: a clock that ran backwards is 0. */
    public PeerReport {
        heldNanos = Math.clamp(heldNanos, 0, Varint.MAX);
        serviceNanos = Math.clamp(serviceNanos, 0, Varint.MAX);
    }
}
