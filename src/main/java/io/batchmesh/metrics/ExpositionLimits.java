package io.batchmesh.metrics;

/**
 * How much of an exposition is read, so that no target can exhaust the one who reads it.
 *
 * @param maxBytes whole text, after decompression
 * @param maxSamples samples of one text, and series kept of one target
 * @param maxLabels labels of one series
 * @param maxLineBytes one line
 */
public record ExpositionLimits(int maxBytes, int maxSamples, int maxLabels, int maxLineBytes) {
    /** 64 MiB, a million samples, 128 labels, lines of 1 MiB. */
    public static final ExpositionLimits DEFAULT =
            new ExpositionLimits(64 << 20, 1_000_000, 128, 1 << 20);

    public ExpositionLimits {
        if (maxBytes < 1 || maxSamples < 1 || maxLabels < 0 || maxLineBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
