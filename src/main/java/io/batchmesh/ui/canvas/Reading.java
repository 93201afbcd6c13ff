package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Formats;
import java.time.Duration;

/**
 * The numbers that are seen of a service or a link.
 *
 * @param rate requests per second, {@code NaN} where not known
 * @param p99 seconds, {@code NaN} where not known
 * @param errorShare 0 to 1, {@code NaN} where not known
 * @param age how old they are
 * @param stale whether that is too old to be taken for now
 */
public record Reading(double rate, double p99, double errorShare, Duration age, boolean stale) {
    /** Nothing was seen. */
    public static final Reading NONE =
            new Reading(Double.NaN, Double.NaN, Double.NaN, Duration.ZERO, false);

    static final double WARN_SHARE = 0.005;
    static final double ERROR_SHARE = 0.05;

    /** Whether anything was ever seen. */
    public boolean known() {
        return !Double.isNaN(rate);
    }

    /** Plain, warning or error by the share of errors. */
    public Tone errorTone() {
        return errorShare >= ERROR_SHARE
                ? Tone.ERROR
                : errorShare >= WARN_SHARE ? Tone.WARN : Tone.PLAIN;
    }

    /** {@code 6.12k/s}, a dash where not known. */
    public String rateWords() {
        return Formats.rate(rate);
    }

    /** {@code p99 11 ms}, a dash where not known. */
    public String p99Words() {
        return "p99 " + Formats.latency(p99);
    }

    /** {@code 35 s ago}. */
    public String ageWords() {
        return Formats.age(age);
    }

    /** {@code 2.1 % errors}. */
    public String errorWords() {
        return Formats.share(errorShare) + " errors";
    }
}
