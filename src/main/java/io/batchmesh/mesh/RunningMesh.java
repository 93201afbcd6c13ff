package io.batchmesh.mesh;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Topology;
import io.batchmesh.proxy.SidecarParts;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.SidecarTranslation;
import io.batchmesh.translate.Sidecars;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local mesh of a topology, in this process and on free ports of loopback: a real sidecar with
 * its admin endpoint beside a stand-in for each endpoint, a relay for each slow link, and the load.
 * Nothing of it is simulated but the services and the wires. Safe for use by several threads.
 *
 * <p>Endpoints of external services have a stand-in and no sidecar. An external service that calls
 * others at a rate calls their sidecars directly; it makes no other calls.
 */
public final class RunningMesh implements MeshRun {
    private static final Logger LOG = LoggerFactory.getLogger(RunningMesh.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Topology topology;
    private final MeshParts parts;
    private final List<StandIn> standIns = new ArrayList<>();
    private final List<RunningSidecar> sidecars = new ArrayList<>();
    private final Wires wires;
    private final Load load;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable MeshCertificates certificates;
    private AddressBook book = AddressBook.AS_DRAWN;

    private RunningMesh(Topology topology, MeshParts parts) {
        this.topology = topology;
        this.parts = parts;
        wires = new Wires(parts);
        load = new Load(topology, sidecars, wires);
    }

    /**
     * Starts it; everything listens and has its config before the first call. Not to be called on
     * an event loop.
     *
     * @throws MeshFailure when it cannot run; nothing is left running
     */
    public static RunningMesh start(Topology topology, MeshSettings settings, MeshParts parts)
            throws MeshFailure {
        var mesh = new RunningMesh(topology, parts);
        boolean started = false;
        try {
            mesh.start(settings);
            started = true;
            return mesh;
        } catch (IllegalStateException e) {
            throw new MeshFailure("the local mesh cannot be started: " + e.getMessage(), e);
        } finally {
            if (!started) {
                mesh.close();
            }
        }
    }

    private void start(MeshSettings settings) throws MeshFailure {
        if (settings.rate() != null && Load.rate(topology) == 0) {
            throw new MeshFailure(
                    "no link has a rate that could be scaled; give one a simulation.rate");
        }
        startSidecars(settings.seed());
        if (sidecars.isEmpty()) {
            throw new MeshFailure(
                    "there is no endpoint to run a sidecar for; add endpoints to the subsets");
        }
        wires.lay(topology, sidecars, startExternals(settings.seed()));
        var sites = new LinkedHashMap<ProxyId, AddressBook.Site>();
        sidecars.forEach(s -> sites.put(s.site().proxy(), s.addresses()));
        if (MeshCertificates.wanted(topology)) {
            var secured = sidecars.stream().map(RunningSidecar::site).toList();
            certificates = MeshCertificates.issue(secured, settings.certificateLife(), parts);
        }
        book =
                new AddressBook(
                        sites,
                        wires.detours(),
                        wires.outside(),
                        certificates == null ? null : certificates.directory());
        var configs = SidecarTranslation.configs(topology, book);
        for (int i = 0; i < sidecars.size(); i++) {
            sidecars.get(i).configure(configs.get(i), parts);
        }
        load.direct(entryService(), settings.seed());
        load.start(settings, parts);
        load.idle().forEach(link -> LOG.warn("{} has a rate, but no endpoints", link));
    }

    private void startSidecars(long seed) throws MeshFailure {
        var shared = new SidecarParts(parts.loops(), parts.clocks(), parts.io());
        for (var site : Sidecars.of(topology)) {
            var service = Objects.requireNonNull(topology.service(site.service()));
            var standIn = standIn(service, seed);
            sidecars.add(RunningSidecar.start(site, standIn, shared));
        }
    }

    private List<Wires.External> startExternals(long seed) {
        var externals = new ArrayList<Wires.External>();
        for (var service : topology.services().values()) {
            if (service.kind() == ServiceKind.EXTERNAL) {
                for (var subset : service.subsets()) {
                    for (var endpoint : subset.endpoints()) {
                        externals.add(
                                new Wires.External(
                                        service.id(), endpoint.address(), standIn(service, seed)));
                    }
                }
            }
        }
        return externals;
    }

    private StandIn standIn(Service service, long seed) {
        var spec =
                new StandIn.Spec(
                        service.id(),
                        service.simulated(),
                        service.bulk(),
                        seed * 1009 + standIns.size());
        var standIn = StandIn.open(spec, parts.loops().next(), parts.clocks().ticker());
        standIns.add(standIn);
        return standIn;
    }

    private ServiceId entryService() {
        return MeshRun.entry(topology, sidecars.stream().map(RunningSidecar::site).toList());
    }

    @Override
    public AddressBook addresses() {
        return book;
    }

    /**
     * Where traffic comes in: the stand-in of the first gateway, or of the first service that
     * nobody calls. A GET there makes it call others.
     */
    @Override
    public URI entry() {
        var entry = entryService();
        return sidecars.stream()
                .filter(s -> s.site().service().equals(entry))
                .map(s -> URI.create("http://" + s.addresses().endpoint() + "/"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public LocalMesh registration(String file) {
        var admins = new LinkedHashMap<ProxyId, URI>();
        sidecars.forEach(s -> admins.put(s.site().proxy(), s.admin()));
        var origin = MeshRun.origin(topology, entry(), file);
        var sites = sidecars.stream().map(RunningSidecar::site).toList();
        return LocalMesh.of(origin, sites, book, admins);
    }

    /** Whether the load has its whole rate by now; see {@link MeshSettings#ramp}. */
    @Override
    public boolean risen() {
        return load.risen();
    }

    /** What became of the calls that services make of their own accord, by link. */
    public Map<LinkId, CallFigures> generated() {
        return load.generated();
    }

    /** What became of the calls that services make for each request they serve, by link. */
    public Map<LinkId, CallFigures> made() {
        return load.made();
    }

    @Override
    public Map<LinkId, CallFigures> calls() {
        var calls = new LinkedHashMap<>(generated());
        made().forEach((link, made) -> calls.merge(link, made, CallFigures::plus));
        return calls;
    }

    /** Stops the load, then everything else; waits at most five seconds. Closing twice is fine. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        load.close();
        var left = new CountDownLatch(sidecars.size());
        for (var sidecar : sidecars) {
            parts.io()
                    .execute(() -> {
                        try {
                            sidecar.close();
                        } finally {
                            left.countDown();
                        }
                    });
        }
        try {
            if (!left.await(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} sidecars have not ended in time", left.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (certificates != null) {
            certificates.close();
        }
        wires.close();
        standIns.forEach(StandIn::close);
    }
}
