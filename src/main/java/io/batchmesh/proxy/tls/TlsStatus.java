package io.batchmesh.proxy.tls;

import io.batchmesh.json.ObjectWriter;
import io.batchmesh.proxy.meter.TlsMeters;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is said of certificates; never a key. */
final class TlsStatus {
    private TlsStatus() {}

    static ObjectNode of(TlsContexts own, Instant now, TlsMeters meters, @Nullable String fault) {
        var config = own.config();
        var credentials = own.credentials();
        return ObjectWriter.object(o -> {
            o.put("mode", config.mode().label()).put("outbound", config.outbound().label());
            if (!credentials.chain().isEmpty()) {
                var first = credentials.chain().getFirst();
                o.put("certificate", certificate(first, now));
            }
            o.put("authorities", (long) credentials.authorities().size())
                    .put("loaded", own.loaded().toString())
                    .put("reloads", meters.reloads())
                    .put("failedReloads", meters.failedReloads())
                    .put("fault", fault);
        });
    }

    private static ObjectNode certificate(X509Certificate certificate, Instant now) {
        var until = certificate.getNotAfter().toInstant();
        return ObjectWriter.object(o ->
                o.put("identity", PeerIdentity.of(certificate).describe())
                        .put("issuer", certificate.getIssuerX500Principal().getName())
                        .put("serial", certificate.getSerialNumber().toString(16))
                        .put("notBefore", certificate.getNotBefore().toInstant().toString())
                        .put("notAfter", until.toString())
                        .put("expired", now.isAfter(until)));
    }
}
