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
        double saved = 0;
        double all = 0;
        for (var entry : perSecond.entrySet()) {
            switch (entry.getKey()) {
                case "hit", "stale", "coalesced" -> {
                    saved += entry.getValue();
                    all += entry.getValue();
                }
                case "bypass" -> {}
                default -> all += entry.getValue();
            }
        }
        return new CacheUse(all > 0 ? saved / all : Double.NaN, perSecond);
    }
}
