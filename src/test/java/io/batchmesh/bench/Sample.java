package io.batchmesh.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of load showed.
 *
 * @param rate requests per second
 * @param p50 seconds
 * @param p99 seconds
 * @param cpu seconds of all proxies together, per request
 * @param wireBytes bytes over the slow link per request, both ways; 0 without one
 * @param errors requests without a good answer
 */
record Sample(double rate, double p50, double p99, double cpu, double wireBytes, Errors errors) {
    /** What was not measured. */
    static final Sample NONE =
            new Sample(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Errors.NONE);

    /** The median of each figure. */
    static Sample median(List<Sample> runs) {
        return new Sample(
                median(runs, Sample::rate),
                median(runs, Sample::p50),
                median(runs, Sample::p99),
                median(runs, Sample::cpu),
                median(runs, Sample::wireBytes),
                runs.stream().map(Sample::errors).reduce(Errors.NONE, Errors::plus));
    }

    static double median(List<Sample> runs, ToDoubleFunction<Sample> figure) {
        return median(runs.stream().mapToDouble(figure).toArray());
    }

    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
