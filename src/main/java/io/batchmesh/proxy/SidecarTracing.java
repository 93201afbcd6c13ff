package io.batchmesh.proxy;

import io.batchmesh.config.HttpProtocol;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.policy.Tracing;
import io.batchmesh.proxy.http.Dial;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.TraceMeters;
import io.batchmesh.proxy.outbound.Addresses;
import io.batchmesh.proxy.tls.HostTls;
import io.batchmesh.proxy.tls.HostTrust;
import io.batchmesh.proxy.tls.SidecarTls;
import io.batchmesh.proxy.trace.SpanExporter;
import io.batchmesh.proxy.trace.Tracer;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a sidecar's spans go, by the config that runs. Confined to the event loop, but for {@link
 * #poll}.
 */
final class SidecarTracing {
    private final Lane lane;
    private final SidecarTls tls;
    private final TraceMeters meters;
    private @Nullable SpanExporter exporter;
    private @Nullable Key key;
    private volatile @Nullable HostTrust trust;

    private record Key(Tracing settings, InetSocketAddress address, SpanExporter.Owner owner) {}

    /**
     * A sidecar that traces nothing yet.
     *
     * @param tls counts the handshakes with collectors
     */
    SidecarTracing(Lane lane, SidecarTls tls, TraceMeters meters) {
        this.lane = lane;
        this.tls = tls;
        this.meters = meters;
    }

    /**
     * Takes a config; what begins its spans, or null where nothing is traced.
     *
     * @param trusted who vouches for the collector; null where it is called in clear text
     */
    @Nullable Tracer use(ProxyConfig config, Addresses addresses, @Nullable HostTrust trusted) {
        var settings = config.tracing();
        var next =
                settings == null
                        ? null
                        : new Key(
                                settings,
                                addresses.get(Addresses.collector(settings)),
                                new SpanExporter.Owner(config.service(), config.proxy()));
        if (next == null || !next.equals(key)) {
            finish();
            key = next;
            trust = trusted;
            exporter = next == null ? null : exporter(next, trusted);
        }
        return exporter == null ? null : exporter.tracer();
    }

    private SpanExporter exporter(Key by, @Nullable HostTrust trusted) {
        return new SpanExporter(lane, by.settings(), dial(by, trusted), by.owner(), meters);
    }

    private Dial dial(Key by, @Nullable HostTrust trusted) {
        if (trusted == null) {
            return Dial.plain(by.address());
        }
        var host = URI.create(by.settings().endpoint()).getHost();
        var secured = new HostTls(tls, trusted, host, by.address().getPort());
        return new Dial(by.address(), HttpProtocol.HTTP1, secured);
    }

    /** Takes the collector's authority when its file has changed; blocks, from any thread. */
    void poll() {
        var now = trust;
        if (now != null) {
            now.poll();
        }
    }

    /** What {@code GET /status} says of it; null when nothing is traced. */
    @Nullable ObjectNode status() {
        var now = key;
        var telling = exporter;
        return now == null || telling == null
                ? null
                : ObjectWriter.object(o ->
                        o.put("endpoint", now.settings().endpoint())
                                .put("fault", telling.trouble()));
    }

    /** Tells what waits. */
    void finish() {
        if (exporter != null) {
            exporter.finish();
        }
    }

    void abort() {
        if (exporter != null) {
            exporter.abort();
        }
    }
}
