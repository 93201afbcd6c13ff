package io.batchmesh.proxy.meter;

import io.batchmesh.admin.OverrideEntry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that one sidecar counts and times. Links stay for its life, so counters never go back. */
public final class SidecarMeters {
    private final Map<String, LinkMeters> links = new ConcurrentHashMap<>();
    private final InboundMeters inbound = new InboundMeters();
    private final TraceMeters traces = new TraceMeters();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final TlsMeters tls = new TlsMeters();
    private final CpuMeter cpu;
    private volatile List<OverrideEntry> overrides = List.of();
    private volatile ConfigInfo config = new ConfigInfo("", null);

    /** What {@code batchmesh_config_info} says. */
    record ConfigInfo(String version, @Nullable String revision) {}

    /** Meters that charge nobody with CPU time. */
    public SidecarMeters() {
        this(new CpuMeter(() -> 0, new CpuLedger()));
    }

    public SidecarMeters(CpuMeter cpu) {
        this.cpu = cpu;
        registry.register(new Exposition(this));
    }

    /** The meters of a link, the same ones each time. */
    public LinkMeters link(String name) {
        return links.computeIfAbsent(name, LinkMeters::new);
    }

    public InboundMeters inbound() {
        return inbound;
    }

    public TlsMeters tls() {
        return tls;
    }

    /** Another config runs. */
    public void config(String version, @Nullable String revision) {
        config = new ConfigInfo(version, revision);
    }

    public TraceMeters traces() {
        return traces;
    }

    /** What is switched by hand. */
    public void overrides(List<OverrideEntry> now) {
        overrides = List.copyOf(now);
    }

    List<OverrideEntry> overrides() {
        return overrides;
    }

    /** Where {@code GET /metrics} reads. */
    public PrometheusRegistry registry() {
        return registry;
    }

    CpuMeter cpu() {
        return cpu;
    }

    Map<String, LinkMeters> links() {
        return links;
    }

    ConfigInfo config() {
        return config;
    }
}
