package io.batchmesh.forecast;

/**
 * How often one and the same thing is asked for, and what that is good for. Of things that are each
 * asked for {@code a} times a second, one fetch answers all that come while it is under way, for
 * {@code f} seconds, and while its answer is kept, for {@code t} seconds: of {@code 1 + a (f + t)}
 * requests one is sent, and {@code a f} join it.
 */
final class Repeats {
    private Repeats() {}

    /** How often one thing is asked for, by how many joined each that was sent. */
    static double perSecond(double joinedEach, double underWay) {
        return joinedEach > 0 && underWay > 0 ? joinedEach / underWay : Double.NaN;
    }

    /**
     * The share that need not be sent.
     *
     * @param before that share now
     * @param longer by how many seconds a call is longer under way, or its answer longer kept; not
     *     beyond what there is now when it is negative
     */
    static double answered(double before, double again, double longer) {
        if (Double.isNaN(again)) {
            return before;
        }
        double each = Math.max(1, 1 / (1 - before) + again * longer);
        return Math.min(1 - 1 / each, MeasuredLoad.MOST_ANSWERED);
    }
}
