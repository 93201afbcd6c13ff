package io.batchmesh.ui.plot;

/**
 * Stretches of equal length that begin at fixed moments, so that they move with the picture and
 * keep what is in them.
 *
 * @param window what is shown
 * @param seconds length of a stretch
 */
record TimeBins(TimeWindow window, int seconds) {

    /** Stretches that are at least so wide, of a whole that is as wide as given. */
    static TimeBins of(TimeWindow window, double width, double atLeast) {
        double count = Math.max(1, width / atLeast);
        return new TimeBins(window, TimeTicks.barSeconds(window.seconds() / count));
    }

    int count() {
        return (int) (index(window.nowMillis()) - first()) + 1;
    }

    /** The stretch that holds the moment, from 0; it may lie outside. */
    int of(long millis) {
        return (int) (index(millis) - first());
    }

    /** Where a stretch begins: 0 at the left edge, 1 now. */
    double start(int bin) {
        return window.position((first() + bin) * seconds * 1000L);
    }

    /** How wide each is, as a part of the whole. */
    double width() {
        return seconds / window.seconds();
    }

    /** When the stretch that holds this moment began and ended, in words. */
    String worded(double secondsBefore) {
        int bin = of(window.millisBefore(secondsBefore));
        double from = (1 - start(bin)) * window.seconds();
        if (!window.live()) {
            long start = window.millisBefore(from);
            return TimeWindow.clock(start) + " – " + TimeWindow.clock(start + seconds * 1000L);
        }
        return Ago.span(Math.min(from, window.seconds()), Math.max(0, from - seconds));
    }

    private long first() {
        return index(window.startMillis());
    }

    private long index(long millis) {
        return Math.floorDiv(millis, seconds * 1000L);
    }
}
