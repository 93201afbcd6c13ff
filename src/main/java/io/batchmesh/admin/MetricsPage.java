package io.batchmesh.admin;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Shows a registry as Prometheus text, or as OpenMetrics to whoever asks for it. */
final class MetricsPage {
    private final ExpositionFormats formats = ExpositionFormats.init();

    AdminResponse of(PrometheusRegistry registry, AdminRequest request) {
        var writer = formats.findWriter(request.header("accept"));
        boolean zipped = gzip(request.header("accept-encoding"));
        var bytes = new ByteArrayOutputStream(16 << 10);
        try (OutputStream out = zipped ? new GZIPOutputStream(bytes) : bytes) {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return AdminResponse.of(200, writer.getContentType(), bytes.toByteArray())
                .with("content-encoding", zipped ? "gzip" : null)
                .with("vary", "accept, accept-encoding");
    }

    /** Whether gzip is wanted; RFC 9110, section 12.5.3. A weight of zero means no. */
    private static boolean gzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (var part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            var fields = part.strip().split("\\s*;\\s*", -1);
            if (fields[0].equals("gzip") || fields[0].equals("x-gzip")) {
                return fields.length < 2 || !fields[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
