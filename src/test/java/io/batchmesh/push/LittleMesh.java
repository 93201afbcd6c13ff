package io.batchmesh.push;

import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.document.DocumentId;
import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.plan.DesiredDocuments;
import io.batchmesh.plan.Plan;
import io.batchmesh.plan.PlanBuilder;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.SidecarTranslation;
import io.batchmesh.translate.Sidecars;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A chain of services a → b → c …, each with one sidecar whose admin endpoint is real. */
final class LittleMesh implements AutoCloseable {
    final Map<ProxyId, RunningAdmin> admins = new LinkedHashMap<>();
    final Map<ProxyId, URI> addresses = new LinkedHashMap<>();
    final Topology drawn;
    final OkHttpClient http = new OkHttpClient();
    final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    final AdminClient client = AdminClient.of(http);
    final Readback readback = new Readback(client, io);
    final PushLog log;
    final Pusher pusher;

    private final AddressBook book;

    /** A mesh that runs what is drawn: all windows linger 5 ms. */
    LittleMesh(int services, Path state) {
        drawn = chain(services);
        book = book(drawn);
        log = new PushLog(state);
        for (var config : SidecarTranslation.configs(drawn, book)) {
            var admin = RunningAdmin.with(config);
            admins.put(new ProxyId(config.proxy()), admin);
            addresses.put(new ProxyId(config.proxy()), admin.uri());
        }
        pusher = new Pusher(client, io, first().time.clocks(), log);
    }

    /** Somebody else who pushes to the same proxies. */
    Pusher colleague(Path state) {
        return new Pusher(client, io, first().time.clocks(), new PushLog(state));
    }

    private RunningAdmin first() {
        return admins.values().iterator().next();
    }

    static Topology chain(int count) {
        var services = new ArrayList<Service>();
        var links = new ArrayList<Link>();
        for (int i = 0; i < count; i++) {
            var name = name(i);
            var endpoint = new Endpoint("127.0.0.1:" + (9000 + i), null, 1);
            services.add(
                    new Service(
                            new ServiceId(name),
                            null,
                            ServiceKind.SERVICE,
                            List.of(),
                            List.of(new Subset("v1", Map.of(), List.of(endpoint))),
                            Traffic.NONE,
                            null,
                            null));
            if (i > 0) {
                var id = LinkId.of(name(i - 1), name);
                links.add(new Link(id, BatchWindow.DEFAULT, Traffic.NONE, null));
            }
        }
        return Topology.of("chain", services, links);
    }

    static String name(int i) {
        return String.valueOf((char) ('a' + i));
    }

    private static AddressBook book(Topology topology) {
        var sites = new LinkedHashMap<ProxyId, AddressBook.Site>();
        int port = 15000;
        for (var site : Sidecars.of(topology)) {
            var outbound = "127.0.0.1:" + port++;
            var inbound = "127.0.0.1:" + port++;
            sites.put(
                    site.proxy(),
                    new AddressBook.Site(outbound, inbound, site.endpoint().address()));
        }
        return new AddressBook(sites, Map.of());
    }

    /** What is drawn, with every window lingering so long. */
    Topology lingering(int millis) {
        var changed = drawn;
        for (var link : drawn.links().values()) {
            var window = link.window().withLinger(Duration.ofMillis(millis));
            changed = changed.with(link.withBatch(window));
        }
        return changed;
    }

    Environment environment() {
        var proxies = new ArrayList<ProxyEndpointRef>();
        for (var site : Sidecars.of(drawn)) {
            var admin = Objects.requireNonNull(addresses.get(site.proxy()));
            proxies.add(ProxyEndpointRef.of(site.proxy(), site.service(), site.subset(), admin));
        }
        return new Environment("local:chain", proxies, book);
    }

    Plan plan(Topology desired) {
        return PlanBuilder.plan(
                DesiredDocuments.of(desired, book),
                Readback.documents(readback.read(environment())));
    }

    PushRequest request(Plan plan, Waves waves) {
        return new PushRequest(environment(), plan, waves, "ann", "r1");
    }

    @Nullable ConfigVersion running(String proxy) {
        return admin(proxy).server().runningVersion();
    }

    RunningAdmin admin(String proxy) {
        return Objects.requireNonNull(admins.get(new ProxyId(proxy)));
    }

    /** The versions that a drawing asks for. */
    Map<String, ConfigVersion> versions(Topology desired) {
        var versions = new LinkedHashMap<String, ConfigVersion>();
        for (var document : DesiredDocuments.of(desired, book)) {
            DocumentId id = document.id();
            versions.put(id.name(), new ConfigVersion(document.version().text()));
        }
        return versions;
    }

    /** The versions that really run, asked of the endpoints themselves. */
    Map<String, @Nullable ConfigVersion> truth() {
        var versions = new LinkedHashMap<String, @Nullable ConfigVersion>();
        admins.forEach((id, admin) -> versions.put(id.name(), admin.server().runningVersion()));
        return versions;
    }

    @Override
    public void close() {
        admins.values().forEach(RunningAdmin::close);
        io.shutdownNow();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
