package io.batchmesh.metrics;

import java.util.Map;

/**
 * How the cache of a link is used.
 *
 * @param hitShare hits, stale ones and coalesced requests among all look-ups, 0 to 1; a bypass is
 *     no look-up; {@code NaN} without look-ups
 * @param perSecond requests per second by the label {@code result}, in the order of the names
 */
public record CacheUse(double hitShare, Map<String, Double> perSecond) {
    /** Nothing is known. */
    public static final CacheUse NONE = new CacheUse(Double.NaN, Map.of());

    public CacheUse {
        perSecond = Frozen.map(perSecond);
    }

    /** Computes {@link #hitShare} of the rates by result. */
    public static CacheUse of(Map<String, Double> perSecond) {
        double saved = saved(perSecond);
        double all = 0;
        for (var entry : perSecond.entrySet()) {
            all += entry.getKey().equals("bypass") ? 0 : entry.getValue();
        }
        return new CacheUse(all > 0 ? saved / all : Double.NaN, perSecond);
    }

    /** Requests per second that the service did not see: hits, stale ones and coalesced ones. */
    public double savedPerSecond() {
        return saved(perSecond);
    }

    private static double saved(Map<String, Double> perSecond) {
        return perSecond.getOrDefault("hit", 0.0)
                + perSecond.getOrDefault("stale", 0.0)
                + perSecond.getOrDefault("coalesced", 0.0);
    }
}
