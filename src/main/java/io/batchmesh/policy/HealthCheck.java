package io.batchmesh.policy;

import java.time.Duration;

/**
 * How each caller asks the endpoints of a service whether they are well, beside the requests that
 * they serve.
 *
 * @param path what is asked for with GET
 * @param interval from one check to the next, give or take a tenth; 100 ms to 1 h
 * @param timeout how long an answer may take, 1 ms to 1 min
 * @param healthyThreshold good answers in a row after which an endpoint that was unwell is used
 *     again
 * @param unhealthyThreshold bad or missing answers in a row after which it is not used
 * @param expectedStatus the status of a good answer, 100 to 599
 */
public record HealthCheck(
        String path,
        Duration interval,
        Duration timeout,
        int healthyThreshold,
        int unhealthyThreshold,
        int expectedStatus) {
    /** The shortest interval. */
    public static final Duration LEAST_INTERVAL = Duration.ofMillis(100);

    /** The longest interval. */
    public static final Duration MOST_INTERVAL = Duration.ofHours(1);

    /** The longest timeout. */
    public static final Duration MOST_TIMEOUT = Duration.ofMinutes(1);

    /** Why the values cannot be used, beginning with the name of the field; empty when they can. */
    public String fault() {
        boolean clean =
                path.startsWith("/")
                        && path.length() <= 1_024
                        && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
        if (!clean) {
            return "path begins with a slash and has no blanks";
        }
        if (interval.compareTo(LEAST_INTERVAL) < 0 || interval.compareTo(MOST_INTERVAL) > 0) {
            return "interval is from 100ms to 1h";
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(MOST_TIMEOUT) > 0) {
            return "timeout is from 1ms to 1min";
        }
        return "";
    }
}
