package io.batchmesh.mesh;

import io.batchmesh.admin.AdminRuntime;
import io.batchmesh.admin.AdminServer;
import io.batchmesh.admin.AdminSettings;
import io.batchmesh.admin.AdminStart;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Topology;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.Replicas;
import io.batchmesh.translate.SidecarSite;
import io.batchmesh.translate.SidecarTranslation;
import io.batchmesh.translate.Sidecars;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A fleet of simulated proxies for a topology, in this process: each has the admin endpoint of a
 * sidecar, on a port of its own, so that it can be watched and pushed to. What it measures is
 * computed from the load that the topology's simulation asks for; there are no services, no
 * listeners but the admin endpoints, and no traffic. Safe for use by several threads.
 *
 * <p>Where more proxies are asked for than there are endpoints, the endpoints are repeated, see
 * {@link Replicas}. The load of a link stays what the topology says, in equal shares for the
 * proxies of its caller. A link that is drawn later has none.
 */
public final class RunningFleet implements MeshRun {
    private final Topology topology;
    private final List<SidecarSite> sites;
    private final AddressBook book;
    private final Map<ProxyId, AdminServer> admins = new LinkedHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningFleet(Topology topology, Replicas replicas) {
        this.topology = topology;
        this.sites = Sidecars.of(replicas.in(topology));
        var addresses = new LinkedHashMap<ProxyId, AddressBook.Site>();
        for (int i = 0; i < sites.size(); i++) {
            addresses.put(sites.get(i).proxy(), address(i));
        }
        book = new AddressBook(addresses, Map.of(), Map.of(), null, replicas);
    }

    /** Addresses of loopback on which nobody listens. */
    private static AddressBook.Site address(int number) {
        var host = "127.77.%d.%d".formatted(number / 250, number % 250 + 1);
        return new AddressBook.Site(host + ":15006", host + ":15008", host + ":80");
    }

    /**
     * Starts it; all admin endpoints answer when it returns. Not to be called on an event loop.
     *
     * @throws MeshFailure when it cannot run; nothing is left running
     */
    public static RunningFleet start(Topology topology, FleetSettings settings, MeshParts parts)
            throws MeshFailure {
        int drawn = Replicas.drawn(topology);
        if (drawn == 0) {
            throw new MeshFailure(
                    "there is no endpoint to run a proxy for; add endpoints to the subsets");
        }
        if (drawn > settings.proxies()) {
            throw new MeshFailure(
                    "it has %d endpoints, each with a proxy: ask for a fleet of %d or more"
                            .formatted(drawn, drawn));
        }
        if (settings.rate() != null && Load.rate(topology) == 0) {
            throw new MeshFailure(
                    "no link has a rate that could be scaled; give one a simulation.rate");
        }
        var fleet = new RunningFleet(topology, Replicas.of(topology, settings.proxies()));
        boolean started = false;
        try {
            fleet.start(settings, parts);
            started = true;
            return fleet;
        } finally {
            if (!started) {
                fleet.close();
            }
        }
    }

    private void start(FleetSettings settings, MeshParts parts) throws MeshFailure {
        var load = new FleetLoad(topology, sites, settings);
        var configs = SidecarTranslation.configs(topology, book);
        var runtime = AdminRuntime.of(parts.loops(), parts.io(), parts.clocks());
        for (int i = 0; i < sites.size(); i++) {
            long seed = settings.seed() * 1009 + i;
            var proxy = new SimulatedProxy(sites.get(i), load, parts.clocks().ticker(), seed);
            var metered = runtime.withMeter(proxy.activityMeter());
            admins.put(sites.get(i).proxy(), serve(proxy, configs.get(i), metered));
        }
    }

    private static AdminServer serve(SimulatedProxy proxy, ProxyConfig config, AdminRuntime runtime)
            throws MeshFailure {
        return switch (AdminServer.start(AdminSettings.loopback(), proxy, config, runtime)) {
            case AdminStart.Started(AdminServer server) -> server;
            case AdminStart.Refused(List<Fault> faults) ->
                    throw new MeshFailure(
                            config.proxy()
                                    + " refuses its config: "
                                    + faults.getFirst().describe());
            case AdminStart.Unavailable(String reason) ->
                    throw new MeshFailure(
                            config.proxy()
                                    + " has no admin endpoint: "
                                    + reason
                                    + "; where files are short, raise 'ulimit -n'");
        };
    }

    @Override
    public AddressBook addresses() {
        return book;
    }

    /** Where traffic would come in; nobody answers there. */
    @Override
    public URI entry() {
        var entry = MeshRun.entry(topology, sites);
        var first = sites.stream().filter(s -> s.service().equals(entry)).findFirst().orElseThrow();
        var site = Objects.requireNonNull(book.site(first.proxy()));
        return URI.create("http://" + site.endpoint() + "/");
    }

    @Override
    public LocalMesh registration(String file) {
        var answering = new LinkedHashMap<ProxyId, URI>();
        admins.forEach((proxy, admin) -> answering.put(proxy, admin.uri()));
        return LocalMesh.of(MeshRun.origin(topology, entry(), file), sites, book, answering);
    }

    @Override
    public boolean risen() {
        return true;
    }

    /** Nobody calls. */
    @Override
    public Map<LinkId, CallFigures> calls() {
        return Map.of();
    }

    /** Stops answering. Closing twice is fine. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            var open = new ArrayList<>(admins.values());
            open.forEach(AdminServer::close);
        }
    }
}
