package io.batchmesh.ui.inspector;

import io.batchmesh.forecast.Comparison;
import io.batchmesh.forecast.Costs;
import io.batchmesh.forecast.Forecast;
import io.batchmesh.forecast.Forecaster;
import io.batchmesh.forecast.LingerCurve;
import io.batchmesh.forecast.Workload;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;

/**
 * What lies ahead of a link with a window.
 *
 * @param question what was asked
 * @param comparison the window and its alternatives
 * @param curve what other lingers would do
 */
record Ahead(Question question, Comparison comparison, LingerCurve curve) {
    /** A difference of latency that is worth a word, in seconds. */
    private static final double NOTICED = 50e-6;

    /**
     * What a forecast depends on.
     *
     * @param longest the last linger of the curve, in seconds
     */
    record Question(Workload load, BatchWindow window, double longest) {
        /** Some milliseconds of work; for any thread. */
        Ahead answer() {
            var forecaster = new Forecaster(Costs.USUAL);
            return new Ahead(
                    this,
                    Comparison.of(forecaster, load, window),
                    LingerCurve.of(forecaster, load, window, longest));
        }
    }

    /** A round length of the axis on which a linger stands well inside. */
    static double axis(Duration linger) {
        double wanted = Math.max(0.01, linger.toNanos() / 1e9 * 2.2);
        return roundUp(wanted, 1, 2, 5);
    }

    /** To the least of some steps times a power of ten that is not below; steps from 1 to 10. */
    static double roundUp(double value, double... steps) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : steps) {
            if (step * power >= value * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** Whether the first thing to say is that something is wrong with the window. */
    boolean warns() {
        return comparison.chosen().saturated() || comparison.onlyAddsLatency();
    }

    /** What the window is good for, in a sentence; absolute numbers. */
    String words() {
        var chosen = comparison.chosen();
        if (chosen.saturated()) {
            return "▲ The transport cannot carry this: latency grows without end.";
        }
        if (comparison.onlyAddsLatency()) {
            return "▲ This window only adds latency: auto does as well in all else, and waits "
                    + Formats.latency(comparison.auto().meanWait())
                    + " instead of "
                    + Formats.latency(chosen.meanWait())
                    + ".";
        }
        var policy = question.window().policy();
        if (policy == BatchWindow.Policy.OFF) {
            return against("Auto would take ", comparison.auto(), comparison.off());
        }
        return against("Against no batches: ", chosen, comparison.off());
    }

    private static String against(String begin, Forecast with, Forecast without) {
        double cores = with.cores() - without.cores();
        double p50 = with.p50() - without.p50();
        var cost =
                Math.abs(cores) < 0.005
                        ? "the same cores, "
                        : Formats.number(Math.abs(cores))
                                + " cores "
                                + (cores < 0 ? "less, " : "more, ");
        var time =
                Math.abs(p50) < NOTICED
                        ? "the same p50."
                        : "p50 " + Formats.latencyChange(p50) + ".";
        return begin + cost + time;
    }
}
