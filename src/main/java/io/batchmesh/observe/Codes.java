package io.batchmesh.observe;

import io.batchmesh.metrics.SeriesName;

/** Which answers are errors of the one who answers. */
final class Codes {
    private Codes() {}

    /** 5xx, or a word that stands for no answer at all. */
    static boolean isError(SeriesName series) {
        var code = series.label("code");
        if (code == null || code.isEmpty()) {
            return false;
        }
        var first = code.charAt(0);
        return first == '5' || first < '0' || first > '9';
    }
}
