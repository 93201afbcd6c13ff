package io.batchmesh.bench;

import java.util.Locale;

/**
 * One figure with the bar that must hold for it and the goal.
 *
 * @param row the number of the row
 * @param what what is compared
 * @param value what was measured
 * @param bar the bound that must hold
 * @param goal the bound that is aimed at
 * @param atMost whether both are upper bounds
 * @param unit of all three
 */
record Check(
        String row,
        String what,
        double value,
        double bar,
        double goal,
        boolean atMost,
        String unit) {
    static Check atMost(String row, String what, double value, double bar, double goal) {
        return new Check(row, what, value, bar, goal, true, "x");
    }

    static Check atLeast(String row, String what, double value, double bar, double goal) {
        return new Check(row, what, value, bar, goal, false, "x");
    }

    Check in(String other) {
        return new Check(row, what, value, bar, goal, atMost, other);
    }

    boolean meets(double bound) {
        return atMost ? value <= bound : value >= bound;
    }

    String verdict() {
        if (Double.isNaN(value)) {
            return "not measured";
        }
        return meets(goal) ? "goal met" : meets(bar) ? "bar met" : "**missed**";
    }

    String line() {
        var sign = atMost ? "≤ " : "≥ ";
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(row, what, text(value), sign + text(bar), sign + text(goal), verdict());
    }

    private String text(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        boolean whole = unit.equals("MB");
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.2f %s", number, unit)
                .replace(" x", " ×");
    }
}
