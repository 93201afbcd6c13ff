package io.batchmesh.ui.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitSharesTest {
    private static Map<String, Integer> split(int... weights) {
        var split = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < weights.length; i++) {
            split.put("v" + (i + 1), weights[i]);
        }
        return split;
    }

    @Test
    void theOthersShiftInProportion() {
        assertEquals(split(50, 30, 20), SplitShares.moved(split(0, 60, 40), "v1", 50));
        assertEquals(split(80, 10, 10), SplitShares.moved(split(90, 5, 5), "v1", 80));
    }

    @Test
    void othersOfNothingGetEqualParts() {
        assertEquals(split(90, 5, 5), SplitShares.moved(split(100, 0, 0), "v1", 90));
    }

    @Test
    void aLoneSubsetKeepsAll() {
        assertEquals(split(100), SplitShares.moved(split(100), "v1", 3));
    }

    @Test
    void equalPartsMakeAHundred() {
        assertEquals(split(34, 33, 33), SplitShares.even(List.of("v1", "v2", "v3")));
    }

    @Test
    void theSumIsKeptWhateverIsMoved() {
        long seed = 20_260_301;
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var weights = new int[1 + random.nextInt(6)];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(300);
            }
            var before = split(weights);
            int sum = SplitShares.sum(before) == 0 ? SplitShares.WHOLE : SplitShares.sum(before);
            var subset = "v" + (1 + random.nextInt(weights.length));
            int weight = random.nextInt(sum + 1);
            var after = SplitShares.moved(before, subset, weight);
            var about = "seed " + seed + " round " + round + ": " + before + " to " + after;
            assertEquals(sum, SplitShares.sum(after), about);
            assertTrue(after.values().stream().allMatch(w -> w >= 0), about);
            assertEquals(weights.length == 1 ? sum : weight, after.get(subset), about);
        }
    }
}
