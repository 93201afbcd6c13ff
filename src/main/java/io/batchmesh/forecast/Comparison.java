package io.batchmesh.forecast;

import io.batchmesh.policy.BatchWindow;

/**
 * A window beside what there is without it.
 *
 * @param chosen what the window will do
 * @param auto what batches that wait for nothing would do
 * @param off what no batches would do
 */
public record Comparison(Forecast chosen, Forecast auto, Forecast off) {
    /** A difference below this share says nothing: measured costs are not more exact. */
    private static final double SHARE = 0.02;

    /** Less than this is saved for nobody: cores, bytes per second, calls per second. */
    private static final double CORES = 0.002;

    private static final double BYTES = 4096;
    private static final double CALLS = 1;

    /** Half the clock of a tick: nobody sees less. */
    private static final double SECONDS = 50e-6;

    /** Forecasts a window and its alternatives. */
    public static Comparison of(Forecaster forecaster, Workload load, BatchWindow window) {
        return new Comparison(
                forecaster.forecast(load, window),
                forecaster.forecast(load, window.withPolicy(BatchWindow.Policy.AUTO)),
                forecaster.forecast(load, window.withPolicy(BatchWindow.Policy.OFF)));
    }

    /** Whether requests wait for nothing: batches that do not wait do as well in all else. */
    public boolean onlyAddsLatency() {
        return chosen.meanWait() - auto.meanWait() > SECONDS
                && !auto.saturated()
                && !saves(auto.cores(), chosen.cores(), CORES)
                && !saves(auto.bytesPerSecond(), chosen.bytesPerSecond(), BYTES)
                && !saves(auto.serviceCallsPerSecond(), chosen.serviceCallsPerSecond(), CALLS);
    }

    private static boolean saves(double before, double after, double least) {
        return before - after > Math.max(SHARE * before, least);
    }
}
