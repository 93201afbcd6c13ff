package io.batchmesh.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A day of means over ten seconds: moments are gathered until their ten seconds are over. A gap in
 * some of them does not count, a gap in all of them is a gap. For one thread at a time.
 */
final class PackedDay {
    static final int CAPACITY = 8_640;

    private static final long STEP = 10_000;

    /** What is left is precise to 0.4 %. */
    private static final int DROPPED = 16;

    /** An hour and twenty minutes: few enough to read, enough that their number weighs little. */
    private static final int CHUNK = 480;

    private final PackedTier tier = empty();
    private final Map<String, Sums> sums = new HashMap<>();
    private long slot = Long.MIN_VALUE;

    private static final class Sums {
        private final double[] sum;
        private final int[] count;

        private Sums(int size) {
            sum = new double[size];
            count = new int[size];
        }
    }

    static PackedTier empty() {
        return new PackedTier(CAPACITY, CHUNK, DROPPED);
    }

    PackedTier tier() {
        return tier;
    }

    /** Begins a moment. */
    void at(long millis) {
        var now = Math.floorDiv(millis, STEP);
        if (slot != Long.MIN_VALUE && now != slot) {
            commit((slot + 1) * STEP);
        }
        slot = now;
    }

    /** Adds the numbers of a group at this moment. */
    void add(String group, double[] values) {
        var gathered = sums.computeIfAbsent(group, key -> new Sums(values.length));
        for (var i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                gathered.sum[i] += values[i];
                gathered.count[i]++;
            }
        }
    }

    void remove(String group) {
        tier.remove(group);
        sums.remove(group);
    }

    private void commit(long end) {
        sums.forEach((name, gathered) -> {
            var group = tier.open(name, gathered.sum.length);
            for (var i = 0; i < gathered.sum.length; i++) {
                if (gathered.count[i] > 0) {
                    group.set(i, gathered.sum[i] / gathered.count[i]);
                }
            }
            Arrays.fill(gathered.sum, 0);
            Arrays.fill(gathered.count, 0);
        });
        tier.commit(end);
        sums.keySet().removeIf(name -> tier.group(name) == null);
    }

    long bytes() {
        return tier.bytes() + sums.values().stream().mapToLong(s -> 80 + 12L * s.sum.length).sum();
    }
}
