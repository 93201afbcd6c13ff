package io.batchmesh.proxy.upstream;

import io.batchmesh.config.HttpProtocol;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.config.TlsMode;

/**
 * How an endpoint is called.
 *
 * @param protocol what is spoken when a request does not go in a batch
 * @param tls how the connection is secured
 * @param identity who must answer, where that is checked; else empty
 */
public record Way(HttpProtocol protocol, TlsMode tls, String identity) {
    /** HTTP/1.1 in clear text. */
    public static final Way PLAIN = new Way(HttpProtocol.HTTP1, TlsMode.OFF, "");

    /** The way to an upstream of a config. */
    public static Way of(ProxyConfig config, LinkConfig link, LinkConfig.Upstream upstream) {
        var mode = config.tlsMode(upstream);
        var own = upstream.tls();
        var named = own == null ? null : own.identity();
        var identity = !mode.on() ? "" : named == null ? link.host() : named;
        return new Way(upstream.protocol(), mode, identity);
    }
}
