package io.batchmesh.ui.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weights that keep their sum while one of them is moved. */
final class SplitShares {
    /** The sum of weights where there are none yet. */
    static final int WHOLE = 100;

    private SplitShares() {}

    static int sum(Map<String, Integer> split) {
        return split.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The weights with one set and the others shifted in proportion; where the others are all zero,
     * they get equal parts. Whole numbers of the same sum, by the largest remainders.
     */
    static Map<String, Integer> moved(Map<String, Integer> split, String subset, int weight) {
        int whole = sum(split) == 0 ? WHOLE : sum(split);
        int set = split.size() == 1 ? whole : Math.clamp(weight, 0, whole);
        var others = new ArrayList<>(split.keySet());
        others.remove(subset);
        int before = others.stream().mapToInt(o -> split.getOrDefault(o, 0)).sum();
        var result = new LinkedHashMap<>(split);
        result.put(subset, set);
        var remainders = new LinkedHashMap<String, Double>();
        int left = whole - set;
        int room = left;
        for (var other : others) {
            double share =
                    before == 0
                            ? 1.0 / others.size()
                            : split.getOrDefault(other, 0) / (double) before;
            int floor = (int) Math.floor(share * room + 1e-9);
            result.put(other, floor);
            remainders.put(other, share * room - floor);
            left -= floor;
        }
        spread(result, remainders, left);
        return result;
    }

    private static void spread(
            Map<String, Integer> result, Map<String, Double> remainders, int left) {
        List<String> order = new ArrayList<>(remainders.keySet());
        order.sort(Comparator.comparing((String s) -> remainders.get(s)).reversed());
        for (int i = 0; i < left && i < order.size(); i++) {
            result.merge(order.get(i), 1, Integer::sum);
        }
    }

    /** Equal parts of a hundred; the first get what does not divide. */
    static Map<String, Integer> even(List<String> subsets) {
        var result = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < subsets.size(); i++) {
            int extra = i < WHOLE % subsets.size() ? 1 : 0;
            result.put(subsets.get(i), WHOLE / subsets.size() + extra);
        }
        return result;
    }
}
