package io.batchmesh.ui.canvas;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds boxes by place. Each box is entered under the squares that it covers, so that a question
 * about a small place looks at few. A hash table of squares in plain arrays, since a large drawing
 * has hundreds of thousands of entries.
 */
final class SpatialGrid {
    private static final double SQUARE = 192;

    /** A box over more squares is looked at by every question instead. */
    private static final int MAX_SQUARES = 1024;

    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final int NONE = -1;

    private long[] keys = new long[64];

    /** For each slot of the table the last entry of its square, or none. */
    private int[] heads = filled(64);

    private int squares;

    /** For each entry its number, and the entry before it in the same square. */
    private int[] numbers = new int[64];

    private int[] before = new int[64];
    private int entries;
    private int[] everywhere = new int[0];

    /** Enters a box under a number. */
    void add(int number, Box box) {
        long columns = square(box.right()) - square(box.x()) + 1;
        long rows = square(box.bottom()) - square(box.y()) + 1;
        if (columns * rows > MAX_SQUARES) {
            everywhere = Arrays.copyOf(everywhere, everywhere.length + 1);
            everywhere[everywhere.length - 1] = number;
            return;
        }
        for (var column = square(box.x()); column <= square(box.right()); column++) {
            for (var row = square(box.y()); row <= square(box.bottom()); row++) {
                put(key(column, row), number);
            }
        }
    }

    /**
     * Hands over the numbers near a box until one is taken; a number may come more than once.
     *
     * @return whether one was taken
     */
    boolean any(Box box, IntPredicate taken) {
        for (var number : everywhere) {
            if (taken.test(number)) {
                return true;
            }
        }
        long columns = square(box.right()) - square(box.x()) + 1;
        long rows = square(box.bottom()) - square(box.y()) + 1;
        return columns * rows > squares ? anyOfAll(taken) : anyOf(box, taken);
    }

    private boolean anyOf(Box box, IntPredicate taken) {
        for (var column = square(box.x()); column <= square(box.right()); column++) {
            for (var row = square(box.y()); row <= square(box.bottom()); row++) {
                var slot = slot(key(column, row));
                for (var entry = heads[slot]; entry != NONE; entry = before[entry]) {
                    if (taken.test(numbers[entry])) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean anyOfAll(IntPredicate taken) {
        for (var entry = 0; entry < entries; entry++) {
            if (taken.test(numbers[entry])) {
                return true;
            }
        }
        return false;
    }

    private void put(long key, int number) {
        if (entries == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * entries);
            before = Arrays.copyOf(before, 2 * entries);
        }
        var slot = slot(key);
        if (heads[slot] == NONE) {
            keys[slot] = key;
            squares++;
        }
        numbers[entries] = number;
        before[entries] = heads[slot];
        heads[slot] = entries++;
        if (squares * 2 > heads.length) {
            grow();
        }
    }

    /** The slot of a square, or the free one where it belongs. */
    private int slot(long key) {
        var slot = (int) ((key * MIX) >>> 32) & (heads.length - 1);
        while (heads[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & (heads.length - 1);
        }
        return slot;
    }

    private void grow() {
        var oldKeys = keys;
        var oldHeads = heads;
        keys = new long[2 * oldKeys.length];
        heads = filled(2 * oldHeads.length);
        for (var i = 0; i < oldHeads.length; i++) {
            if (oldHeads[i] != NONE) {
                var slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                heads[slot] = oldHeads[i];
            }
        }
    }

    private static int[] filled(int length) {
        var array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    private static long square(double at) {
        return (long) Math.floor(Math.clamp(at, -1e9, 1e9) / SQUARE);
    }

    private static long key(long column, long row) {
        return column << 32 ^ (row & 0xffff_ffffL);
    }
}
