package io.batchmesh.bench;

import java.util.Locale;
import java.util.Map;

/**
 * What one interleaved run showed.
 *
 * @param title what was driven, and how
 * @param samples the medians by variant, in order
 */
record Measured(String title, Map<String, Sample> samples) {
    boolean has(String variant) {
        return samples.containsKey(variant);
    }

    Sample of(String variant) {
        var sample = samples.get(variant);
        return sample == null ? Sample.NONE : sample;
    }

    String markdown() {
        var text = new StringBuilder();
        text.append("### ").append(title).append("\n\n");
        text.append(
                        "| | requests/s | p50 ms | p99 ms | CPU µs per request | wire bytes per request")
                .append(" | errors |\n|---|---|---|---|---|---|---|\n");
        samples.forEach((name, s) ->
                text.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %.0f | %.2f | %.2f | %.1f | %s | %s |%n",
                                name,
                                s.rate(),
                                s.p50() * 1e3,
                                s.p99() * 1e3,
                                s.cpu() * 1e6,
                                s.wireBytes() > 0 ? "%.0f".formatted(s.wireBytes()) : "–",
                                s.errors())));
        return text.append('\n').toString();
    }
}
