package io.batchmesh.ui.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A logarithmic axis of latencies. Its ends are 1, 2 or 5 times a power of ten; like {@link Scale}
 * it is kept while it suits.
 *
 * @param bottom seconds, more than zero
 * @param top seconds, more than the bottom
 */
record LogScale(double bottom, double top) {
    private static final double[] NICE = {1, 2, 5, 10};
    private static final double LEAST_RATIO = 20;
    private static final double SHRINK_BELOW = 0.55;

    /** The smallest one that holds both. */
    static LogScale of(double least, double greatest) {
        double low = Math.max(1e-7, least);
        double high = Math.max(low, greatest);
        double missing = LEAST_RATIO / (high / low);
        if (missing > 1) {
            low /= Math.sqrt(missing);
            high *= Math.sqrt(missing);
        }
        return new LogScale(niceBelow(low), niceAbove(high));
    }

    LogScale next(double least, double greatest) {
        if (Double.isNaN(least)) {
            return this;
        }
        boolean holds = least >= bottom * 0.999 && greatest <= top * 1.001;
        LogScale wanted = of(least, greatest);
        boolean filled = wanted.decades() > decades() * SHRINK_BELOW;
        return holds && filled ? this : wanted;
    }

    /** 0 at the bottom, 1 at the top. */
    double position(double seconds) {
        return Math.log10(seconds / bottom) / decades();
    }

    double at(double position) {
        return bottom * Math.pow(10, position * decades());
    }

    double decades() {
        return Math.log10(top / bottom);
    }

    /** Powers of ten; 1, 2 and 5 times them where there is room. */
    List<Double> ticks(int atMost) {
        List<Double> all = ticksOf(NICE.length - 1);
        if (all.size() <= atMost) {
            return all;
        }
        List<Double> powers = ticksOf(1);
        return powers.size() >= 2 ? powers : List.of(bottom, top);
    }

    private List<Double> ticksOf(int perDecade) {
        List<Double> ticks = new ArrayList<>();
        int from = (int) Math.floor(Math.log10(bottom) - 1e-9);
        int to = (int) Math.ceil(Math.log10(top) + 1e-9);
        for (int decade = from; decade <= to; decade++) {
            for (int i = 0; i < perDecade; i++) {
                double tick = NICE[i] * Math.pow(10, decade);
                if (tick >= bottom * 0.999 && tick <= top * 1.001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    static String label(double seconds) {
        if (seconds >= 0.9995) {
            return whole(seconds) + " s";
        }
        return seconds >= 0.9995e-3 ? whole(seconds * 1e3) + " ms" : whole(seconds * 1e6) + " µs";
    }

    private static String whole(double value) {
        return value >= 0.9995
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private static double niceBelow(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        double best = decade;
        for (double nice : NICE) {
            if (nice * decade <= value * 1.001) {
                best = nice * decade;
            }
        }
        return best;
    }

    private static double niceAbove(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        for (double nice : NICE) {
            if (nice * decade >= value * 0.999) {
                return nice * decade;
            }
        }
        return 10 * decade;
    }
}
