package io.batchmesh.proxy.route;

import java.util.Map;
import java.util.random.RandomGenerator;

/** Chooses a subset by weight. */
final class Split {
    private final int[] subsets;
    private final long[] upTo;
    private final long sum;

    /**
     * A split.
     *
     * @param weights by subset
     * @param numbers of the subsets
     */
    Split(Map<String, Integer> weights, Map<String, Integer> numbers) {
        subsets = new int[weights.size()];
        upTo = new long[weights.size()];
        long total = 0;
        int at = 0;
        for (var share : weights.entrySet()) {
            total += share.getValue();
            subsets[at] = numbers.getOrDefault(share.getKey(), 0);
            upTo[at++] = total;
        }
        sum = total;
    }

    /** The number of a subset, drawn by weight. */
    int choose(RandomGenerator random) {
        if (subsets.length == 1) {
            return subsets[0];
        }
        long drawn = random.nextLong(sum);
        int at = 0;
        while (drawn >= upTo[at]) {
            at++;
        }
        return subsets[at];
    }
}
