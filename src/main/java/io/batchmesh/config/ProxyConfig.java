package io.batchmesh.config;

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
 */
public record ProxyConfig(
        String proxy,
        String service,
        @Nullable String zone,
        Listeners listeners,
        @Nullable Inbound inbound,
        List<LinkConfig> links,
        @Nullable TlsConfig tls) {
    /** The format that this program reads and writes. */
    public static final String FORMAT = "batchmesh-proxy/v1";

    public ProxyConfig {
        links = List.copyOf(links);
    }

    public @Nullable LinkConfig linkTo(String host) {
        return links.stream().filter(l -> l.host().equals(host)).findFirst().orElse(null);
    }

    public ProxyConfig withLinks(List<LinkConfig> links) {
        return new ProxyConfig(proxy, service, zone, listeners, inbound, links, tls);
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
     */
    public record Inbound(String endpoint, List<Allow> allow, @Nullable Bulk bulk) {
        public Inbound {
            allow = List.copyOf(allow);
        }
    }

    /**
     * Where a service takes batches itself.
     *
     * @param format {@code ndjson} or {@code odata}
     * @param path the path, beginning with a slash
     */
    public record Bulk(String format, String path) {}

    /** Who may call what: see {@code allow} of the topology. */
    public record Allow(String identity, List<String> methods, List<String> paths) {
        public Allow {
            methods = List.copyOf(methods);
            paths = List.copyOf(paths);
        }
    }

    /** Certificates: references such as {@code file:cert.pem}, never the secrets themselves. */
    public record TlsConfig(
            String mode,
            @Nullable String certificate,
            @Nullable String key,
            @Nullable String authority) {}
}
