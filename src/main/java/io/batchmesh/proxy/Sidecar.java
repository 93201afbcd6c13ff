package io.batchmesh.proxy;

import io.batchmesh.admin.ActivityMeter;
import io.batchmesh.admin.AdminSubject;
import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapStart;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.HostPort;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.proxy.inbound.Inbound;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.CpuLedger;
import io.batchmesh.proxy.meter.CpuMeter;
import io.batchmesh.proxy.meter.SidecarMeters;
import io.batchmesh.proxy.meter.TlsMeters;
import io.batchmesh.proxy.outbound.Addresses;
import io.batchmesh.proxy.outbound.Outbound;
import io.batchmesh.proxy.tls.Side;
import io.batchmesh.proxy.tls.SidecarTls;
import io.batchmesh.proxy.tls.TlsLoad;
import io.netty.util.concurrent.Future;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data plane beside one endpoint of a service: it takes the calls of the service on its
 * outbound listener and those of peers on its inbound one. Everything in it happens on one event
 * loop; the methods here may be called from any thread but an event loop's.
 */
public final class Sidecar implements AdminSubject, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);
    private static final long SWEEP_SECONDS = 2;
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(10);

    private final Lane lane;
    private final CpuMeter cpu;
    private final SidecarMeters meters;
    private final Executor io;
    private final SidecarTls tls;
    private final AtomicBoolean polling = new AtomicBoolean();
    private final Outbound outbound;
    private final Inbound inbound;
    private final SidecarTracing tracing;
    private final ReentrantLock changing = new ReentrantLock();
    private final Future<?> sweeping;
    private volatile Running running;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean draining;

    /** What runs now. */
    private record Running(
            ProxyConfig config,
            ConfigVersion version,
            @Nullable String revision,
            Listener outbound,
            Listener inbound) {}

    private Sidecar(Lane lane, SidecarParts parts, ProxyConfig config, TlsLoad.Ready certificates)
            throws IOException {
        this.lane = lane;
        this.io = parts.io();
        this.cpu = new CpuMeter(parts.clocks().ticker(), parts.cpu());
        this.meters = new SidecarMeters(cpu);
        this.tls = new SidecarTls(parts.clocks().wall(), io, meters.tls());
        this.outbound = new Outbound(lane, meters::link, tls);
        this.inbound = new Inbound(lane, meters.inbound());
        this.tracing = new SidecarTracing(lane, tls, meters.traces());
        // Before anybody can connect.
        tls.use(certificates);
        var out = listen(Side.OUTBOUND, config);
        Listener in;
        try {
            in = listen(Side.INBOUND, config);
        } catch (IOException e) {
            out.finish();
            throw e;
        }
        running = new Running(config, ConfigVersion.of(config), null, out, in);
        sweeping =
                lane.loop()
                        .scheduleAtFixedRate(
                                this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Starts a sidecar and waits until it listens.
     *
     * @throws IOException when an address cannot be bound
     * @throws IllegalArgumentException when the config is one that {@link #check} refuses
     */
    public static Sidecar start(ProxyConfig config, SidecarParts parts) throws IOException {
        var addresses = Addresses.of(config);
        var reader = new SidecarTls(parts.clocks().wall(), parts.io(), new TlsMeters());
        var read = reader.load(config);
        var faults = faults(addresses, read);
        if (!faults.isEmpty() || !(read instanceof TlsLoad.Ready certificates)) {
            throw new IllegalArgumentException(faults.getFirst().describe());
        }
        var lane = new Lane(parts.loops(), parts.clocks());
        var sidecar = new Sidecar(lane, parts, config, certificates);
        sidecar.swap(sidecar.running, addresses, certificates);
        sidecar.openAccount(parts.cpu());
        return sidecar;
    }

    private Listener listen(Side side, ProxyConfig config) throws IOException {
        var addresses = config.listeners();
        return side == Side.OUTBOUND
                ? Listener.bind(lane, addresses.outbound(), outbound, tls.server(side))
                : Listener.bind(lane, addresses.inbound(), inbound, tls.server(side));
    }

    private void openAccount(CpuLedger ledger) {
        lane.await(() -> {
            long thread = Thread.currentThread().threadId();
            cpu.account(ledger.open(thread, lane.busy()::nanos));
        });
    }

    /** Where the own service calls. */
    public InetSocketAddress outboundAddress() {
        return running.outbound().address();
    }

    /** Where peers call. */
    public InetSocketAddress inboundAddress() {
        return running.inbound().address();
    }

    /** The config that runs. */
    public ProxyConfig config() {
        return running.config();
    }

    /** The version of the config that runs. */
    public ConfigVersion version() {
        return running.version();
    }

    @Override
    public List<Fault> check(ProxyConfig config) {
        var faults = faults(Addresses.of(config), tls.load(config));
        var own = running;
        bindable(own.outbound(), config.listeners().outbound(), "/listeners/outbound", faults);
        bindable(own.inbound(), config.listeners().inbound(), "/listeners/inbound", faults);
        return faults;
    }

    private static void bindable(Listener now, String wanted, String place, List<Fault> faults) {
        var obstacle = now.isAt(wanted) ? null : Listener.obstacle(wanted);
        if (obstacle != null) {
            faults.add(new Fault(place, 0, 0, obstacle, "free it, or choose another"));
        }
    }

    private static List<Fault> faults(Addresses addresses, TlsLoad certificates) {
        var faults = new ArrayList<>(addresses.faults());
        if (certificates instanceof TlsLoad.Unusable(Fault fault)) {
            faults.add(fault);
        }
        return faults;
    }

    @Override
    public List<Fault> apply(ProxyConfig config, ConfigVersion version, @Nullable String revision) {
        var addresses = Addresses.of(config);
        var read = tls.load(config);
        var faults = faults(addresses, read);
        if (!faults.isEmpty() || !(read instanceof TlsLoad.Ready certificates)) {
            return faults;
        }
        changing.lock();
        try {
            var wanted = new Wanted(config, version, revision, addresses, certificates);
            return change(wanted);
        } finally {
            changing.unlock();
        }
    }

    /** A config with all that was looked up for it. */
    private record Wanted(
            ProxyConfig config,
            ConfigVersion version,
            @Nullable String revision,
            Addresses addresses,
            TlsLoad.Ready certificates) {}

    private List<Fault> change(Wanted wanted) {
        var config = wanted.config();
        var was = running;
        Listener out = was.outbound();
        Listener in = was.inbound();
        try {
            if (!out.isAt(config.listeners().outbound())) {
                out = listen(Side.OUTBOUND, config);
            }
            if (!in.isAt(config.listeners().inbound())) {
                in = listen(Side.INBOUND, config);
            }
        } catch (IOException e) {
            if (out != was.outbound()) {
                lane.loop().execute(out::finish);
            }
            var place = out == was.outbound() ? "/listeners/outbound" : "/listeners/inbound";
            return List.of(new Fault(place, 0, 0, String.valueOf(e.getMessage()), "free it"));
        }
        var next = new Running(config, wanted.version(), wanted.revision(), out, in);
        swap(next, wanted.addresses(), wanted.certificates());
        if (out != was.outbound()) {
            lane.loop().execute(was.outbound()::finish);
        }
        if (in != was.inbound()) {
            lane.loop().execute(was.inbound()::finish);
        }
        return List.of();
    }

    /** Puts a config in force, between two requests. */
    private void swap(Running next, Addresses addresses, TlsLoad.Ready certificates) {
        var own = next.config().inbound();
        var parsed = own == null ? null : HostPort.parse(own.endpoint());
        var endpoint = parsed == null ? null : parsed.socketAddress();
        lane.await(() -> {
            boolean secured = Objects.equals(running.config().tls(), next.config().tls());
            tls.use(certificates);
            var tracer = tracing.use(next.config(), addresses, certificates.collector());
            outbound.configure(next.config(), addresses, tracer);
            inbound.configure(next.config(), endpoint, tracer);
            running = next;
            if (!secured) {
                resecure(next);
            }
            meters.config(next.version().hash(), next.revision());
        });
    }

    /** What was opened under other rules ends as soon as it is idle. */
    private void resecure(Running now) {
        now.outbound().server().finishOpen();
        now.inbound().server().finishOpen();
        inbound.finishStreams();
        outbound.renewSecured();
    }

    /** Takes certificates whose files have changed; blocks. */
    void pollCertificates() {
        tracing.poll();
        if (tls.poll()) {
            lane.loop().execute(outbound::renewSecured);
        }
    }

    @Override
    public @Nullable String overridable(OverrideEntry.Kind kind, String subject) {
        var links = running.config().links();
        return switch (kind) {
            case BATCHING_OFF ->
                    links.stream().anyMatch(l -> l.link().equals(subject))
                            ? null
                            : "there is no link '" + subject + "' from here";
            case ENDPOINT_EJECTED ->
                    links.stream()
                                    .flatMap(l -> l.subsets().values().stream())
                                    .flatMap(List::stream)
                                    .anyMatch(u -> u.address().equals(subject))
                            ? null
                            : "no link from here leads to '" + subject + "'";
        };
    }

    @Override
    public void overridden(List<OverrideEntry> overrides) {
        lane.await(() -> outbound.override(overrides));
        meters.overrides(overrides);
    }

    @Override
    public ObjectNode status() {
        var now = running;
        var live = new AtomicReference<SidecarStatus.Live>();
        lane.await(() ->
                live.set(
                        new SidecarStatus.Live(outbound.status(), tls.status(), tracing.status())));
        return SidecarStatus.of(now.config(), now.outbound(), now.inbound(), live.get());
    }

    @Override
    public TapStart tap(TapOrder order) {
        return outbound.taps().open(order);
    }

    /** Charges the work of an admin endpoint to this sidecar. */
    public ActivityMeter activityMeter() {
        return cpu;
    }

    @Override
    public PrometheusRegistry metrics() {
        return meters.registry();
    }

    @Override
    public boolean ready() {
        return !draining;
    }

    @Override
    public void drain() {
        draining = true;
        var now = running;
        lane.loop()
                .execute(() -> {
                    now.outbound().finish();
                    now.inbound().finish();
                    outbound.finish();
                    tracing.finish();
                    inbound.finish();
                });
    }

    /** Connections of callers that are open. */
    public int openConnections() {
        return running.outbound().server().open() + running.inbound().server().open();
    }

    private void sweep() {
        running.outbound().server().sweep();
        running.inbound().server().sweep();
        outbound.sweep();
        inbound.sweep();
        var config = running.config();
        boolean files = config.tls() != null || config.tracing() != null;
        if (files && !polling.getAndSet(true)) {
            io.execute(() -> {
                try {
                    pollCertificates();
                } finally {
                    polling.set(false);
                }
            });
        }
    }

    /** Drains, waits up to ten seconds until nothing is at hand, and breaks off the rest. */
    @Override
    public void close() {
        close(CLOSE_BOUND);
    }

    /** Drains, waits until nothing is at hand or the time is up, and breaks off the rest. */
    public void close(Duration bound) {
        if (closed.getAndSet(true)) {
            return;
        }
        if (!draining) {
            drain();
        }
        awaitQuiet(bound);
        sweeping.cancel(false);
        cpu.close();
        lane.await(() -> {
            running.outbound().server().abort();
            running.inbound().server().abort();
            outbound.abort();
            tracing.abort();
            inbound.abort();
        });
    }

    private void awaitQuiet(Duration bound) {
        boolean quiet =
                Quiet.await(
                        lane,
                        () -> openConnections() + inbound.streams() + outbound.switched() == 0,
                        bound);
        if (!quiet && openConnections() + inbound.streams() > 0) {
            LOG.warn(
                    "{} connections and {} streams of peers are broken off",
                    openConnections(),
                    inbound.streams());
        }
    }
}
