package io.batchmesh.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number over time, packed in chunks of as many points as its {@link PackedTier} says. A number
 * is rounded to a float with fewer bits of fraction before.
 */
final class PackedColumn {
    /** Behind infinity: no number. */
    private static final int NONE = 0x7f80_0001;

    private final int chunk;
    private final int dropped;
    private final List<byte[]> finished = new ArrayList<>(1);
    private PackedBits open = new PackedBits();
    private int points;

    /**
     * An empty one.
     *
     * @param chunk points in a chunk
     * @param dropped bits of the 23 of a float's fraction that are given up, at most 16
     */
    PackedColumn(int chunk, int dropped) {
        this.chunk = chunk;
        this.dropped = dropped;
    }

    void add(double value) {
        open.write(code((float) value));
        if (++points % chunk == 0) {
            finished.add(shared(open.toBytes()));
            open = new PackedBits();
        }
    }

    /** A chunk that is equal to the one before takes no room: many numbers are always zero. */
    private byte[] shared(byte[] packed) {
        return !finished.isEmpty() && Arrays.equals(finished.getLast(), packed)
                ? finished.getLast()
                : packed;
    }

    /** Points, those of dropped chunks not included. */
    int points() {
        return points;
    }

    /** Forgets the oldest chunk, which must be finished. */
    void dropChunk() {
        finished.removeFirst();
        points -= chunk;
    }

    /** All points, oldest first; {@code NaN} is a gap. */
    double[] read() {
        var values = new double[points];
        var at = 0;
        for (var packed : finished) {
            at = read(new PackedBits(packed), values, at, chunk);
        }
        read(new PackedBits(open.toBytes()), values, at, points - at);
        return values;
    }

    /** Where the reading of single points stands, so that the next one is near. */
    static final class Cursor {
        private PackedBits bits = new PackedBits();
        private int chunk = -1;
        private int known;
        private int next;
        private int number;
    }

    /** One point; only its chunk is read, and of that only what is behind the cursor. */
    double read(int point, Cursor cursor) {
        var at = point / chunk;
        if (cursor.chunk != at || point < cursor.next - 1 || point >= cursor.known) {
            var whole = at < finished.size();
            cursor.bits = new PackedBits(whole ? finished.get(at) : open.toBytes());
            cursor.chunk = at;
            cursor.known = whole ? (at + 1) * chunk : points;
            cursor.next = at * chunk;
        }
        for (; cursor.next <= point; cursor.next++) {
            cursor.number = cursor.bits.read();
        }
        return value(cursor.number);
    }

    private int read(PackedBits packed, double[] values, int from, int count) {
        for (var i = 0; i < count; i++) {
            values[from + i] = value(packed.read());
        }
        return from + count;
    }

    /** Bytes that it occupies, about. */
    long bytes() {
        var sum = 112L + open.capacity();
        byte @Nullable [] before = null;
        for (var packed : finished) {
            sum += packed == before ? 8 : 24 + packed.length;
            before = packed;
        }
        return sum;
    }

    /** The chunks, the open one last. */
    List<byte[]> chunks() {
        var all = new ArrayList<>(finished);
        all.add(open.toBytes());
        return all;
    }

    /**
     * Takes chunks over in place of what it holds, and reads them once to see that they can be.
     *
     * @throws IndexOutOfBoundsException when they hold fewer points
     */
    void restore(List<byte[]> chunks, int count) {
        for (var packed : chunks) {
            var bits = new PackedBits(packed);
            for (var i = 0; i < chunk && points < count; i++) {
                add(value(bits.read()));
            }
        }
        if (points != count) {
            throw new IndexOutOfBoundsException(points + " points in place of " + count);
        }
    }

    /** Codes rise with the numbers, so that what is near is a small difference. */
    private int code(float value) {
        if (Float.isNaN(value)) {
            return (NONE >> dropped) | 1;
        }
        var bits = Float.floatToRawIntBits(Math.abs(value));
        var rounded = (bits + ((1 << dropped) >> 1)) >> dropped;
        return value < 0 ? -rounded : rounded;
    }

    private double value(int code) {
        var bits = Math.abs(code) << dropped;
        var value = Float.intBitsToFloat(bits);
        return code < 0 ? -value : value;
    }
}
