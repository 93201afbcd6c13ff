package io.batchmesh.metrics;

import java.util.Arrays;

/**
 * Whole numbers in as few bits as their neighbours let expect: each is written as its difference
 * from the one before, in a Golomb-Rice code whose parameter follows the size of the last
 * differences. Sources: R. F. Rice, JPL Publication 79-22 (1979); the adaptation is that of JPEG-LS
 * (ITU-T T.87, A.5); that series of a monitoring system are packed by differences from their
 * predecessor is due to Pelkonen et al., "Gorilla", VLDB 8 (2015).
 */
final class PackedBits {
    /** A longer run of ones says that the number follows as it is. */
    private static final int ESCAPE = 24;

    private static final int MEMORY = 32;
    private static final int MOST_LOW_BITS = 31;
    private static final long UNSIGNED = 0xffff_ffffL;

    private byte[] bytes;
    private int bits;
    private int previous;
    private long sizes = 4;
    private int seen = 1;

    /** For writing. */
    PackedBits() {
        bytes = new byte[16];
    }

    /** For reading what {@link #toBytes} gave. */
    PackedBits(byte[] packed) {
        bytes = packed;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, (bits + 7) / 8);
    }

    /** Bytes that this occupies. */
    int capacity() {
        return bytes.length;
    }

    void write(int number) {
        var difference = number - previous;
        var size = ((difference << 1) ^ (difference >> 31)) & UNSIGNED;
        var low = lowBits();
        var ones = size >>> low;
        if (ones < ESCAPE) {
            put((1L << ones) - 1, (int) ones + 1);
            put(size & ((1L << low) - 1), low);
            learn(size);
        } else {
            put((1L << ESCAPE) - 1, ESCAPE);
            put(number & UNSIGNED, 32);
        }
        previous = number;
    }

    /**
     * The next number.
     *
     * @throws IndexOutOfBoundsException when there are no more
     */
    int read() {
        var ones = 0;
        while (ones < ESCAPE && take(1) == 1) {
            ones++;
        }
        if (ones == ESCAPE) {
            previous = (int) take(32);
            return previous;
        }
        var low = lowBits();
        var size = ((long) ones << low) | take(low);
        learn(size);
        previous += (int) (size >>> 1) ^ -(int) (size & 1);
        return previous;
    }

    private int lowBits() {
        var low = 0;
        while (low < MOST_LOW_BITS && ((long) seen << low) < sizes) {
            low++;
        }
        return low;
    }

    private void learn(long size) {
        sizes += size;
        if (++seen == MEMORY) {
            sizes >>= 1;
            seen >>= 1;
        }
    }

    /** Lowest bit first. */
    private void put(long value, int count) {
        if ((bits + count + 7) / 8 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length + Math.max(8, bytes.length / 2));
        }
        var left = count;
        var rest = value;
        while (left > 0) {
            var offset = bits & 7;
            var part = Math.min(8 - offset, left);
            bytes[bits >> 3] |= (byte) ((rest & ((1 << part) - 1)) << offset);
            rest >>>= part;
            bits += part;
            left -= part;
        }
    }

    private long take(int count) {
        long value = 0;
        for (var got = 0; got < count; ) {
            var offset = bits & 7;
            var part = Math.min(8 - offset, count - got);
            var taken = (bytes[bits >> 3] >> offset) & ((1 << part) - 1);
            value |= (long) taken << got;
            bits += part;
            got += part;
        }
        return value;
    }
}
