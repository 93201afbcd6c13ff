package io.batchmesh.metrics;

/**
 * One request of a link whose trace is known: an exemplar of its latency histogram.
 *
 * @param seconds how long it took
 * @param traceId 32 hexadecimal digits
 * @param millis when, in milliseconds since 1970
 */
public record TraceSample(double seconds, String traceId, long millis) {}
