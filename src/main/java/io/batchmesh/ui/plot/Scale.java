package io.batchmesh.ui.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A y axis from zero to a round value. It is kept as long as it suits, so that the picture does not
 * jump: it grows at once, and shrinks only when the values fill less than a third of it.
 *
 * @param measure what the values are
 * @param unit in which the labels are
 * @param top the greatest value, in base units
 * @param step between two labels, in base units
 */
record Scale(Measure measure, Measure.AxisUnit unit, double top, double step) {
    private static final double SHRINK_BELOW = 0.35;
    private static final double HEADROOM = 1.03;
    private static final int[] NICE = {1, 2, 5};

    /**
     * The smallest scale that holds the value.
     *
     * @param intervals how many steps it may have at most, at least 1
     */
    static Scale of(Measure measure, double greatest, int intervals) {
        if (measure == Measure.SHARE) {
            double step = intervals >= 4 ? 0.25 : 0.5;
            return new Scale(measure, measure.axisUnit(1), 1, step);
        }
        double needed = greatest > 0 ? greatest * HEADROOM : ofNothing(measure);
        Measure.AxisUnit unit = measure.axisUnit(needed);
        double step = niceStep(needed / unit.factor() / intervals);
        double top = Math.ceil(needed / unit.factor() / step - 1e-9) * step * unit.factor();
        return new Scale(measure, measure.axisUnit(top * (1 + 1e-9)), top, step * unit.factor());
    }

    /** Up to where an axis reaches while all values are zero. */
    private static double ofNothing(Measure measure) {
        return switch (measure) {
            case LATENCY -> 1e-3;
            case SHARE, SMALL_SHARE -> 0.01;
            case CORES -> 0.1;
            case RATE, COUNT, BYTES, BYTE_RATE -> 1;
        };
    }

    /** This one if it suits still, else a new one. */
    Scale next(double greatest, int intervals) {
        boolean sameSteps = Math.round(top / step) <= intervals;
        boolean suits =
                Double.isNaN(greatest) || (greatest <= top && greatest > top * SHRINK_BELOW);
        boolean smallest = greatest <= 0;
        return sameSteps && (suits || smallest) ? this : of(measure, greatest, intervals);
    }

    /** The values that have a label, from zero up. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        long count = Math.round(top / step);
        for (int i = 0; i <= count; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** The label of a tick: a bare number, the unit stands elsewhere. */
    String label(double tick) {
        double shown = tick / unit.factor();
        double shownStep = step / unit.factor();
        if (shown >= 10_000 && shownStep >= 1000) {
            return plain(shown / 1000, shownStep / 1000) + "k";
        }
        return plain(shown, shownStep);
    }

    /** From zero to the top, as in {@code 0 – 8,000/s}. */
    String range() {
        double shown = top / unit.factor();
        String number =
                shown >= 1000 ? String.format(Locale.ROOT, "%,.0f", shown) : plain(shown, shown);
        return switch (measure) {
            case RATE -> "0 – " + number + "/s";
            default ->
                    unit.name().isEmpty() ? "0 – " + number : "0 – " + number + " " + unit.name();
        };
    }

    private static String plain(double value, double step) {
        int decimals = 0;
        double rest = step;
        while (decimals < 6 && Math.abs(rest - Math.rint(rest)) > 1e-6) {
            rest *= 10;
            decimals++;
        }
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static double niceStep(double atLeast) {
        double decade = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (int nice : NICE) {
            if (nice * decade >= atLeast * (1 - 1e-9)) {
                return nice * decade;
            }
        }
        return 10 * decade;
    }
}
