package io.batchmesh.model;

import org.jspecify.annotations.Nullable;

/** When a rule for alerts holds. */
public sealed interface AlertCondition {
    /**
     * A number is beyond a limit.
     *
     * @param measure of the thing, or of one of its stages
     * @param stage one of the five stages of a link, null for the whole
     * @param above whether it holds above the limit, else below it
     * @param limit in the base unit of the measure: seconds, per second, 0 to 1
     */
    record Threshold(AlertMeasure measure, @Nullable String stage, boolean above, double limit)
            implements AlertCondition {}

    /**
     * The error budget of an objective burns too fast: multi-window, multi-burn-rate, as in chapter
     * 5 of Google's "The Site Reliability Workbook".
     *
     * @param success percent of requests that are to be answered without an error, over 30 days
     */
    record BurnRate(double success) implements AlertCondition {
        /** Which share of the requests may fail, 0 to 1. */
        public double budget() {
            return (100 - success) / 100;
        }
    }
}
