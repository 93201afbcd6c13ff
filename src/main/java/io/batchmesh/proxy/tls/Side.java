package io.batchmesh.proxy.tls;

import io.batchmesh.config.TlsConfig;
import io.batchmesh.config.TlsMode;
import java.util.List;

/** One of the two listeners of a sidecar. */
public enum Side {
    /** For peers. */
    INBOUND("inbound", List.of(Offer.ALPN_STREAM, Offer.ALPN_H2, Offer.ALPN_HTTP1)),
    /** For the own service. */
    OUTBOUND("outbound", List.of(Offer.ALPN_H2, Offer.ALPN_HTTP1));

    private final String label;
    private final List<String> protocols;

    Side(String label, List<String> protocols) {
        this.label = label;
        this.protocols = protocols;
    }

    /** Its name in metrics. */
    public String label() {
        return label;
    }

    /** What is spoken there, dearest first. */
    List<String> protocols() {
        return protocols;
    }

    TlsMode mode(TlsConfig config) {
        return this == INBOUND ? config.mode() : config.outbound();
    }
}
