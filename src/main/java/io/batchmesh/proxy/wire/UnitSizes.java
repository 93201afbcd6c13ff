package io.batchmesh.proxy.wire;

/**
 * What a batch weighs.
 *
 * @param units compressed units, each of one caller
 * @param rawBytes bytes of the frames
 * @param wireBytes bytes that go out, unit headers included
 * @param sparedBytes bytes of credentials that the peer keeps, so that they are in neither
 */
public record UnitSizes(int units, long rawBytes, long wireBytes, long sparedBytes) {}
