package io.batchmesh.observe;

import java.util.Map;

/** Sums in which {@code NaN} stands for nothing seen yet, so that nothing never looks like zero. */
final class Total {
    private Total() {}

    static double add(double total, double more) {
        return Double.isNaN(total) ? more : total + more;
    }

    static double of(Map<?, Double> parts) {
        var total = Double.NaN;
        for (var part : parts.values()) {
            total = add(total, part);
        }
        return total;
    }
}
