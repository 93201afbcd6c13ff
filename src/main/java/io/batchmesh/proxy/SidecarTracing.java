package io.batchmesh.proxy;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.policy.Tracing;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.TraceMeters;
import io.batchmesh.proxy.outbound.Addresses;
import io.batchmesh.proxy.trace.SpanExporter;
import io.batchmesh.proxy.trace.Tracer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Where a sidecar's spans go, by the config that runs. Confined to the event loop. */
final class SidecarTracing {
    private final Lane lane;
    private final TraceMeters meters;
    private @Nullable SpanExporter exporter;
    private @Nullable Key key;

    private record Key(Tracing settings, InetSocketAddress address, SpanExporter.Owner owner) {}

    SidecarTracing(Lane lane, TraceMeters meters) {
        this.lane = lane;
        this.meters = meters;
    }

    /** Takes a config; what begins its spans, or null where nothing is traced. */
    @Nullable Tracer use(ProxyConfig config, Addresses addresses) {
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
            exporter = next == null ? null : exporter(next);
        }
        return exporter == null ? null : exporter.tracer();
    }

    private SpanExporter exporter(Key by) {
        return new SpanExporter(lane, by.settings(), by.address(), by.owner(), meters);
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
