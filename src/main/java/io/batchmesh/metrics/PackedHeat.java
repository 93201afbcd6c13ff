package io.batchmesh.metrics;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Histograms of one link over time, packed: a moment is the time since the one before, and the
 * buckets that hold anything, each as its distance from the one before and its count in sixteenths,
 * in bytes of seven bits (the variable-length numbers of Protocol Buffers). For one thread at a
 * time.
 */
final class PackedHeat {
    private static final int UNIT = 16;
    private static final int CHUNK = 150;

    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

    /** Moments that are forgotten together. */
    private static final class Chunk {
        private final double[] bounds;
        private byte[] bytes = new byte[64];
        private int length;
        private int moments;
        private long last;

        private Chunk(double[] bounds, long from) {
            this.bounds = bounds;
            this.last = from;
        }

        private void put(long number) {
            var rest = number;
            if (length + 10 > bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 3 / 2);
            }
            while (rest > 127) {
                bytes[length++] = (byte) (rest | 128);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
        }
    }

    /** Adds a moment, later than the one before; one without observations is left out. */
    void add(long millis, HistogramSnapshot histogram) {
        if (!(histogram.count() > 0)) {
            return;
        }
        var chunk = chunks.peekLast();
        if (chunk == null || chunk.moments == CHUNK || !sameBounds(chunk.bounds, histogram)) {
            if (chunk != null) {
                chunk.bytes = Arrays.copyOf(chunk.bytes, chunk.length);
            }
            var bounds =
                    chunk != null && sameBounds(chunk.bounds, histogram)
                            ? chunk.bounds
                            : bounds(histogram);
            chunk = new Chunk(bounds, millis);
            chunk.put(millis);
            chunks.addLast(chunk);
        }
        chunk.put(millis - chunk.last);
        chunk.last = millis;
        chunk.moments++;
        put(chunk, histogram);
    }

    private static void put(Chunk chunk, HistogramSnapshot histogram) {
        var filled = 0;
        for (var i = 0; i < histogram.buckets(); i++) {
            filled += sixteenths(histogram, i) > 0 ? 1 : 0;
        }
        chunk.put(filled);
        var before = 0;
        for (var i = 0; i < histogram.buckets(); i++) {
            var count = sixteenths(histogram, i);
            if (count > 0) {
                chunk.put(i - before);
                chunk.put(count);
                before = i;
            }
        }
    }

    private static long sixteenths(HistogramSnapshot histogram, int i) {
        var below = i == 0 ? 0 : histogram.cumulativeCount(i - 1);
        var count = (histogram.cumulativeCount(i) - below) * UNIT;
        return count > 0 ? Math.max(1, Math.round(Math.min(count, 1e15))) : 0;
    }

    /** Forgets what is wholly before a moment. */
    void forget(long before) {
        while (!chunks.isEmpty() && chunks.peekFirst().last < before) {
            chunks.removeFirst();
        }
    }

    /** All moments, oldest first. */
    List<HeatMoment> read() {
        var moments = new ArrayList<HeatMoment>();
        for (var chunk : chunks) {
            read(chunk, moments);
        }
        return moments;
    }

    private static void read(Chunk chunk, List<HeatMoment> into) {
        var in = new Reader(chunk.bytes, chunk.length);
        var millis = in.next();
        for (var moment = 0; moment < chunk.moments; moment++) {
            millis += in.next();
            var counts = new double[chunk.bounds.length];
            var bucket = 0L;
            for (var filled = in.next(); filled > 0; filled--) {
                bucket += in.next();
                counts[Math.toIntExact(bucket)] = in.next() / (double) UNIT;
            }
            for (var i = 1; i < counts.length; i++) {
                counts[i] += counts[i - 1];
            }
            into.add(
                    new HeatMoment(millis, HistogramSnapshot.of(chunk.bounds, counts, Double.NaN)));
        }
    }

    /** Bytes that it occupies, about. */
    long bytes() {
        var sum = 100L;
        for (var chunk : chunks) {
            sum += 80 + chunk.bytes.length;
        }
        return sum;
    }

    /** All that is needed to make it again. */
    List<State> state() {
        return chunks.stream().map(PackedHeat::state).toList();
    }

    private static State state(Chunk chunk) {
        return new State(
                Arrays.stream(chunk.bounds).boxed().toList(),
                chunk.moments,
                chunk.last,
                ByteBuffer.wrap(Arrays.copyOf(chunk.bytes, chunk.length)).asReadOnlyBuffer());
    }

    /**
     * Takes over what another one held, and reads it once to see that it can be.
     *
     * @throws IndexOutOfBoundsException when it cannot
     */
    void restore(List<State> states) {
        for (var state : states) {
            var bounds = state.bounds().stream().mapToDouble(Double::doubleValue).toArray();
            var chunk = new Chunk(bounds, state.last());
            chunk.bytes = new byte[state.bytes().remaining()];
            state.bytes().duplicate().get(chunk.bytes);
            chunk.length = chunk.bytes.length;
            chunk.moments = state.moments();
            chunks.addLast(chunk);
        }
        try {
            read();
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw (IndexOutOfBoundsException)
                    new IndexOutOfBoundsException("a heat map cannot be read").initCause(e);
        }
    }

    private static boolean sameBounds(double[] bounds, HistogramSnapshot histogram) {
        if (bounds.length != histogram.buckets()) {
            return false;
        }
        for (var i = 0; i < bounds.length; i++) {
            if (bounds[i] != histogram.upperBound(i)) {
                return false;
            }
        }
        return true;
    }

    private static double[] bounds(HistogramSnapshot histogram) {
        var bounds = new double[histogram.buckets()];
        for (var i = 0; i < bounds.length; i++) {
            bounds[i] = histogram.upperBound(i);
        }
        return bounds;
    }

    /**
     * A chunk as it is written to a file.
     *
     * @param bounds upper bounds of the buckets
     * @param moments in it
     * @param last moment
     * @param bytes packed
     */
    record State(List<Double> bounds, int moments, long last, ByteBuffer bytes) {}

    private static final class Reader {
        private final byte[] bytes;
        private final int length;
        private int at;

        private Reader(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        private long next() {
            var number = 0L;
            for (var shift = 0; shift < 70; shift += 7) {
                if (at == length) {
                    break;
                }
                var part = bytes[at++];
                number |= (part & 127L) << shift;
                if (part >= 0) {
                    return number;
                }
            }
            throw new IndexOutOfBoundsException("a packed number is cut short");
        }
    }
}
