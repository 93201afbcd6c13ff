package io.batchmesh.ui.plot;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * The stretch of time that a plot shows. One that ends now speaks of how long ago something was,
 * another one of the time of day.
 *
 * @param nowMillis its right edge, in milliseconds since 1970
 * @param length how far it reaches back, more than zero
 * @param live whether it ends now
 */
public record TimeWindow(long nowMillis, Duration length, boolean live) {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    public TimeWindow {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a window must have a length, not " + length);
        }
    }

    /** One that ends now. */
    public TimeWindow(long nowMillis, Duration length) {
        this(nowMillis, length, true);
    }

    /** The time of day of a moment, as in {@code 12:03:04}. */
    public static String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis));
    }

    /** When it was, so many seconds before the right edge. */
    String worded(double secondsBefore) {
        return live ? Ago.worded(secondsBefore) : clock(millisBefore(secondsBefore));
    }

    public static TimeWindow until(Instant now, Duration length) {
        return new TimeWindow(now.toEpochMilli(), length);
    }

    /** The length in seconds. */
    public double seconds() {
        return length.toMillis() / 1e3;
    }

    /** Its left edge, in milliseconds since 1970. */
    public long startMillis() {
        return nowMillis - length.toMillis();
    }

    /** Where a moment lies: 0 at the left edge, 1 now; beyond it if outside. */
    double position(long millis) {
        return (millis - startMillis()) / (double) length.toMillis();
    }

    /** The moment so many seconds before now. */
    public long millisBefore(double seconds) {
        return nowMillis - Math.round(seconds * 1e3);
    }
}
