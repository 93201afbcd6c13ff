package io.batchmesh.config;

import io.batchmesh.policy.Tracing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one proxy is told. Immutable; its canonical JSON is what the version is the hash of.
 *
 * @param proxy the proxy's name
 * @param service the service that it stands beside
 * @param zone where it runs, or null
 * @param listeners the addresses on which it listens
 * @param inbound what it does with calls from peers, or null when it only calls
 * @param links what it does with calls of its service, one for each service that is called
 * @param tls how it shows and checks certificates, or null for clear text
 * @param tracing where it tells what became of single requests, or null for nowhere
 */
public record ProxyConfig(
        String proxy,
        String service,
        @Nullable String zone,
        Listeners listeners,
        @Nullable Inbound inbound,
        List<LinkConfig> links,
        @Nullable TlsConfig tls,
        @Nullable Tracing tracing) {
    /** The format that this program reads and writes. */
    public static final String FORMAT = "batchmesh-proxy/v1";

    public ProxyConfig {
        links = List.copyOf(links);
    }

    /** A proxy that traces nothing. */
    public ProxyConfig(
            String proxy,
            String service,
            @Nullable String zone,
            Listeners listeners,
            @Nullable Inbound inbound,
            List<LinkConfig> links,
            @Nullable TlsConfig tls) {
        this(proxy, service, zone, listeners, inbound, links, tls, null);
    }

    public @Nullable LinkConfig linkTo(String host) {
        return links.stream().filter(l -> l.host().equals(host)).findFirst().orElse(null);
    }

    public ProxyConfig withLinks(List<LinkConfig> links) {
        return new ProxyConfig(proxy, service, zone, listeners, inbound, links, tls, tracing);
    }

    /** The proxy as it is but with these certificates. */
    public ProxyConfig withTls(@Nullable TlsConfig tls) {
        return new ProxyConfig(proxy, service, zone, listeners, inbound, links, tls, tracing);
    }

    /** The proxy as it is but with its traces told there. */
    public ProxyConfig withTracing(@Nullable Tracing tracing) {
        return new ProxyConfig(proxy, service, zone, listeners, inbound, links, tls, tracing);
    }

    /** What is spoken to an upstream of this config: nothing but clear text to plain ones. */
    public TlsMode tlsMode(LinkConfig.Upstream upstream) {
        if (upstream.peer() == Peer.PLAIN) {
            return TlsMode.OFF;
        }
        var own = upstream.tls();
        if (own != null && own.mode() != null) {
            return own.mode();
        }
        return tls == null ? TlsMode.OFF : tls.mode();
    }

    /**
     * The addresses on which a proxy listens, as host:port; port 0 for any free one.
     *
     * @param outbound for the calls of its own service
     * @param inbound for the calls of peers
     */
    public record Listeners(String outbound, String inbound) {}

    /**
     * What a proxy does with calls from peers.
     *
     * @param endpoint the service's own address, host:port
     * @param allow who may call; nobody but these when there are any, everybody when there are none
     * @param bulk where the service takes batches itself, or null
     * @param protocol what is spoken to the service
     */
    public record Inbound(
            String endpoint, List<Allow> allow, @Nullable Bulk bulk, HttpProtocol protocol) {
        public Inbound {
            allow = List.copyOf(allow);
        }

        /** A service that speaks HTTP/1.1. */
        public Inbound(String endpoint, List<Allow> allow, @Nullable Bulk bulk) {
            this(endpoint, allow, bulk, HttpProtocol.HTTP1);
        }
    }

    /**
     * Where a service takes batches itself.
     *
     * @param format {@code ndjson} or {@code odata}
     * @param path the path, beginning with a slash
     */
    public record Bulk(String format, String path) {}

    /**
     * Who may call what: see {@code allow} of the topology.
     *
     * @param identity the service that calls, or the whole SPIFFE ID of its certificate
     */
    public record Allow(String identity, List<String> methods, List<String> paths) {
        public Allow {
            methods = List.copyOf(methods);
            paths = List.copyOf(paths);
        }
    }
}
