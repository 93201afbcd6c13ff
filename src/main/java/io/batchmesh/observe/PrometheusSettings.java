package io.batchmesh.observe;

import java.time.Duration;
import java.util.List;

/**
 * How a Prometheus server is asked.
 *
 * @param windows over which rates may be taken, shortest first; the first that holds four samples
 *     is used
 * @param shortest time between two rounds of questions
 * @param longest time between two rounds of questions
 * @param past how far back to ask when it begins; zero for not at all
 * @param step between two moments of the past
 */
public record PrometheusSettings(
        List<Duration> windows, Duration shortest, Duration longest, Duration past, Duration step) {
    /** Ten seconds to four minutes; each one to five seconds; a quarter of an hour back. */
    public static final PrometheusSettings DEFAULT =
            new PrometheusSettings(
                    List.of(
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(4)),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(5));

    public PrometheusSettings {
        windows = List.copyOf(windows);
        if (windows.isEmpty() || !shortest.isPositive() || !step.isPositive()) {
            throw new IllegalArgumentException("windows, times and steps must be positive");
        }
    }

    /** The same without a look back. */
    public PrometheusSettings withoutPast() {
        return new PrometheusSettings(windows, shortest, longest, Duration.ZERO, step);
    }

    /** Time between two rounds of questions about rates over a window. */
    Duration interval(Duration window) {
        var tenth = window.dividedBy(10);
        return tenth.compareTo(longest) > 0
                ? longest
                : tenth.compareTo(shortest) < 0 ? shortest : tenth;
    }
}
