package io.batchmesh.admin.tap;

import java.time.Duration;
import java.util.List;

/**
 * What a tap is to do.
 *
 * @param filter which requests
 * @param shown names of the request's header fields whose values are shown, in lower case, at most
 *     {@link #MOST_SHOWN}; no credentials
 * @param query whether the values of query parameters are shown, but those of credentials
 * @param pace how many of them
 * @param time when it ends by itself, 1 s to {@link #MOST_TIME}
 */
public record TapOrder(
        TapFilter filter, List<String> shown, boolean query, Pace pace, Duration time) {
    /** Fields that are shown, at most. */
    public static final int MOST_SHOWN = 8;

    /** Requests a second, where nothing is said. */
    public static final double USUAL_RATE = 10;

    /** Requests a second, whatever is asked for. */
    public static final double MOST_RATE = 100;

    /** How long a tap is open, where nothing is said. */
    public static final Duration USUAL_TIME = Duration.ofSeconds(60);

    /** How long a tap is open, whatever is asked for. */
    public static final Duration MOST_TIME = Duration.ofMinutes(10);

    /** The usual tap of all requests. */
    public static final TapOrder USUAL =
            new TapOrder(TapFilter.ALL, List.of(), false, Pace.USUAL, USUAL_TIME);

    /**
     * As given.
     *
     * @throws IllegalArgumentException when a bound is passed, or a header is a credential
     */
    public TapOrder {
        shown = List.copyOf(shown);
        shown.forEach(TapFilter::harmless);
        boolean lasting = time.compareTo(Duration.ofSeconds(1)) >= 0;
        if (shown.size() > MOST_SHOWN || !lasting || time.compareTo(MOST_TIME) > 0) {
            throw new IllegalArgumentException("a bound of a tap is passed");
        }
    }

    /**
     * How many requests are shown.
     *
     * @param rate at most so many a second, above 0, at most {@link #MOST_RATE}
     * @param percent the share of all requests that is looked at, above 0, at most 100
     */
    public record Pace(double rate, double percent) {
        /** Of all, at most {@link #USUAL_RATE} a second. */
        public static final Pace USUAL = new Pace(USUAL_RATE, 100);

        /**
         * As given.
         *
         * @throws IllegalArgumentException when a bound is passed
         */
        public Pace {
            if (!(rate > 0 && rate <= MOST_RATE && percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("a bound of a tap is passed");
            }
        }
    }

    /** The same of other requests. */
    public TapOrder withFilter(TapFilter other) {
        return new TapOrder(other, shown, query, pace, time);
    }

    /** The same for so long. */
    public TapOrder withTime(Duration other) {
        return new TapOrder(filter, shown, query, pace, other);
    }
}
