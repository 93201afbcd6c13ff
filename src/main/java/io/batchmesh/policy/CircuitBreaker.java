package io.batchmesh.policy;

/**
 * Bounds towards one endpoint; what goes beyond them is refused at once.
 *
 * @param maxConnections connections open at a time
 * @param maxPending requests that wait for a connection or a batch
 * @param maxRequests requests in flight
 * @param maxRetries retries in flight
 */
public record CircuitBreaker(int maxConnections, int maxPending, int maxRequests, int maxRetries) {
    /** What holds where nothing is said. */
    public static final CircuitBreaker DEFAULT = new CircuitBreaker(1024, 1024, 4096, 3);
}
