package io.batchmesh.proxy;

import java.util.TreeMap;
import java.util.regex.Pattern;

/** How long answers of the path {@code shed} took, by the sidecar's own histogram. */
final class ShedTimes {
    private static final Pattern BUCKET =
            Pattern.compile(
                    "batchmesh_request_duration_seconds_bucket\\{(?=[^}]*path=\"shed\")"
                            + "[^}]*le=\"([^\"]+)\"[^}]*} ([0-9.eE+]+)");

    private ShedTimes() {}

    private static TreeMap<Double, Double> buckets(String page) {
        var found = new TreeMap<Double, Double>();
        var all = BUCKET.matcher(page);
        while (all.find()) {
            var le = all.group(1);
            double bound = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
            found.merge(bound, Double.parseDouble(all.group(2)), Double::sum);
        }
        return found;
    }

    /** The upper bound of the bucket that holds the 99th of a hundred between two pages. */
    static double p99Seconds(String before, String after) {
        var from = buckets(before);
        var to = buckets(after);
        to.replaceAll((bound, count) -> count - from.getOrDefault(bound, 0.0));
        double total = to.isEmpty() ? 0 : to.lastEntry().getValue();
        if (total <= 0) {
            throw new AssertionError("nothing was shed");
        }
        for (var bucket : to.entrySet()) {
            if (bucket.getValue() >= 0.99 * total) {
                return bucket.getKey();
            }
        }
        throw new AssertionError("buckets do not add up");
    }
}
