package io.batchmesh.metrics;

/**
 * How long the requests of some stretch of time took.
 *
 * @param millis when it ended, in milliseconds since 1970
 * @param histogram what ended since the moment before, bounds in seconds; its sum is not known
 */
public record HeatMoment(long millis, HistogramSnapshot histogram) {}
