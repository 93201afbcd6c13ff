package io.batchmesh.metrics;

import java.util.Arrays;

/**
 * Samples of one series, oldest first; to be filled, asked by a {@link RangeWindow}, and filled
 * anew. For one thread.
 */
public final class Points {
    /**
     * The value that says "from here on there is nothing", as Prometheus writes it; the other bits
     * of {@code NaN} are numbers that are none. Source: {@code model/value/value.go}.
     */
    public static final double STALE = Double.longBitsToDouble(0x7ff0_0000_0000_0002L);

    private static final long STALE_BITS = 0x7ff0_0000_0000_0002L;

    private long[] nanos = new long[16];
    private double[] values = new double[16];
    private boolean[] resets = new boolean[16];
    private int size;

    /** Forgets all. */
    public void clear() {
        size = 0;
    }

    /** Number of points, stale ones included. */
    public int size() {
        return size;
    }

    /**
     * Adds a sample.
     *
     * @param at time in nanoseconds since any moment, later than the one before
     * @throws IllegalArgumentException when it is not later
     */
    public void add(long at, double value) {
        add(at, value, false);
    }

    /**
     * Adds a sample of a counter.
     *
     * @param reset whether the counter is known to have begun anew since the sample before, though
     *     its value need not have fallen
     */
    public void add(long at, double value, boolean reset) {
        if (size > 0 && at <= nanos[size - 1]) {
            throw new IllegalArgumentException("a point must be later than the one before");
        }
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
            values = Arrays.copyOf(values, size * 2);
            resets = Arrays.copyOf(resets, size * 2);
        }
        nanos[size] = at;
        values[size] = value;
        resets[size++] = reset;
    }

    public long nanos(int i) {
        return nanos[i];
    }

    public double value(int i) {
        return values[i];
    }

    boolean stale(int i) {
        return Double.doubleToRawLongBits(values[i]) == STALE_BITS;
    }

    /** Whether the counter began anew at this point, seen from the one before it that counts. */
    boolean resetSince(int before, int i) {
        return resets[i] || values[i] < values[before];
    }
}
