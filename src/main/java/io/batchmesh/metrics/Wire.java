package io.batchmesh.metrics;

/**
 * Bytes per second of a link, both directions together; {@code NaN} where it is not known.
 *
 * @param rawBytesPerSecond before compression
 * @param compressedBytesPerSecond as they go over the wire
 */
public record Wire(double rawBytesPerSecond, double compressedBytesPerSecond) {
    /** Nothing is known. */
    public static final Wire NONE = new Wire(Double.NaN, Double.NaN);

    /** Raw bytes for each byte on the wire, 1 or more where compression helps. */
    public double ratio() {
        return compressedBytesPerSecond > 0
                ? rawBytesPerSecond / compressedBytesPerSecond
                : Double.NaN;
    }
}
