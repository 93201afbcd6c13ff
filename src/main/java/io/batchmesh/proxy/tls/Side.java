package io.batchmesh.proxy.tls;

import io.batchmesh.config.TlsConfig;
import io.batchmesh.config.TlsMode;
import java.util.List;

/** One of the two listeners of a sidecar. */
public enum Side {
    /** For peers. */
    INBOUND("inbound"),
    /** For the own service. */
    OUTBOUND("outbound");

    private final String label;

    Side(String label) {
        this.label = label;
    }

    /** Its name in metrics. */
    public String label() {
        return label;
    }

    /** What is spoken there, dearest first. */
    List<String> protocols() {
        return this == INBOUND
                ? List.of(Offer.ALPN_STREAM, Offer.ALPN_H2, Offer.ALPN_HTTP1)
                : List.of(Offer.ALPN_H2, Offer.ALPN_HTTP1);
    }

    TlsMode mode(TlsConfig config) {
        return this == INBOUND ? config.mode() : config.outbound();
    }
}
