package io.batchmesh.ui.canvas;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Finds boxes by place. Each box is entered under the squares that it covers, so that a question
 * about a small place looks at few. Filled first, asked afterwards.
 */
final class SpatialGrid {
    private static final double SQUARE = 192;

    /** A box over more squares is looked at by every question instead. */
    private static final int MAX_SQUARES = 1024;

    private final Map<Long, int[]> squares = new HashMap<>();
    private final Map<Long, Integer> counts = new HashMap<>();
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
        if (columns * rows > squares.size()) {
            for (var key : squares.keySet()) {
                if (anyIn(key, taken)) {
                    return true;
                }
            }
            return false;
        }
        for (var column = square(box.x()); column <= square(box.right()); column++) {
            for (var row = square(box.y()); row <= square(box.bottom()); row++) {
                if (anyIn(key(column, row), taken)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean anyIn(long key, IntPredicate taken) {
        var numbers = squares.get(key);
        if (numbers == null) {
            return false;
        }
        var count = counts.getOrDefault(key, 0);
        for (var i = 0; i < count; i++) {
            if (taken.test(numbers[i])) {
                return true;
            }
        }
        return false;
    }

    private void put(long key, int number) {
        var numbers = squares.computeIfAbsent(key, k -> new int[4]);
        int count = counts.getOrDefault(key, 0);
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
            squares.put(key, numbers);
        }
        numbers[count] = number;
        counts.put(key, count + 1);
    }

    private static long square(double at) {
        return (long) Math.floor(Math.clamp(at, -1e9, 1e9) / SQUARE);
    }

    private static long key(long column, long row) {
        return column << 32 ^ (row & 0xffff_ffffL);
    }
}
