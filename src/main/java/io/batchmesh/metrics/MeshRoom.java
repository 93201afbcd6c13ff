package io.batchmesh.metrics;

import org.jspecify.annotations.Nullable;

/**
 * How much more the proxies could carry, if traffic grew alike everywhere. A sidecar carries its
 * traffic on one thread, so that it is full when that takes a whole core; the first one that is
 * full bounds the mesh. What a request costs is taken to stay as it is, which says too little where
 * batches grow with the load.
 *
 * @param proxy the one that is full first
 * @param cores what it uses now, 0 to 1
 * @param more requests per second that all of them could carry beside those that they carry,
 *     counted at each proxy
 */
public record MeshRoom(String proxy, double cores, double more) {
    /** Below this the clock of threads is too coarse to divide by. */
    private static final double LEAST = 0.005;

    /** The times that the traffic of now could be carried; at least 1. */
    public double times() {
        return 1 / cores;
    }

    /**
     * Reads it off what is observed.
     *
     * @return null where no live proxy says what it uses, or all are next to idle
     */
    public static @Nullable MeshRoom of(MeshSnapshot seen) {
        ProxyMetrics busiest = null;
        double most = LEAST;
        double carried = 0;
        for (var proxy : seen.proxies().values()) {
            double cores = proxy.cpuCores().getOrDefault(Activity.PROXY, Double.NaN);
            if (proxy.state() == ProxyState.LIVE && cores > 0) {
                double rate = proxy.load().requestsPerSecond();
                carried += Double.isNaN(rate) ? 0 : rate;
                if (cores >= most) {
                    busiest = proxy;
                    most = cores;
                }
            }
        }
        return busiest == null
                ? null
                : new MeshRoom(
                        busiest.proxy(), Math.min(1, most), carried * Math.max(0, 1 / most - 1));
    }
}
