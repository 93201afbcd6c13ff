package io.batchmesh.policy;

import java.time.Duration;

/**
 * When an endpoint that fails is left out for a while.
 *
 * @param consecutiveErrors failures in a row after which it is left out, at least 1
 * @param interval how often it is judged
 * @param baseEjection how long it is left out the first time; each further time that much longer
 * @param maxEjectionPercent how many of the endpoints may be left out at once, 0 to 100
 */
public record OutlierDetection(
        int consecutiveErrors, Duration interval, Duration baseEjection, int maxEjectionPercent) {}
