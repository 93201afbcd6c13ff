package io.batchmesh.push;

import io.batchmesh.document.DocumentId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.target.ProxyStatus;
import io.batchmesh.target.Reading;
import io.batchmesh.target.RunningConfig;
import io.batchmesh.translate.Documents;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** Asks all proxies of an environment what they run. Safe for use by several threads. */
public final class Readback {
    private static final int IN_FLIGHT = 64;

    private final AdminClient client;
    private final ExecutorService io;

    /**
     * @param io a virtual thread for each task
     */
    public Readback(AdminClient client, ExecutorService io) {
        this.client = client;
        this.io = io;
    }

    /**
     * What each proxy runs, in the order of the environment. Waits for all of them, at most for the
     * deadline of a call for each 64 of them; proxies that were not asked because this thread was
     * interrupted are unreachable.
     */
    public Map<ProxyId, Reading<RunningConfig>> read(Environment environment) {
        return each(environment, client::config);
    }

    /** What each proxy says of itself; see {@link #read}. */
    public Map<ProxyId, Reading<ProxyStatus>> statuses(Environment environment) {
        return each(environment, client::status);
    }

    /** Asks all proxies something. */
    <T> Map<ProxyId, Reading<T>> each(
            Environment environment, Function<ProxyEndpointRef, Reading<T>> ask) {
        var found = new ConcurrentHashMap<ProxyId, Reading<T>>();
        new Crew(io, IN_FLIGHT).each(environment.proxies(), p -> found.put(p.name(), ask.apply(p)));
        var ordered = new LinkedHashMap<ProxyId, Reading<T>>();
        for (var proxy : environment.proxies()) {
            var reading = found.get(proxy.name());
            ordered.put(
                    proxy.name(),
                    reading == null ? new Reading.Unreachable<>("not asked") : reading);
        }
        return Collections.unmodifiableMap(ordered);
    }

    /** What was read, as plans want it. */
    public static Map<DocumentId, RunningDocument> documents(
            Map<ProxyId, Reading<RunningConfig>> readings) {
        var documents = new LinkedHashMap<DocumentId, RunningDocument>();
        readings.forEach((proxy, reading) ->
                documents.put(DocumentId.sidecar(proxy.name()), document(proxy, reading)));
        return Collections.unmodifiableMap(documents);
    }

    private static RunningDocument document(ProxyId proxy, Reading<RunningConfig> reading) {
        return switch (reading) {
            case Reading.Got<RunningConfig>(var running) -> document(proxy, running);
            case Reading.None<RunningConfig> _ -> new RunningDocument.Absent();
            case Reading.Unreachable<RunningConfig>(var reason) ->
                    new RunningDocument.Unreachable(reason);
            case Reading.Unreadable<RunningConfig>(var reason) ->
                    new RunningDocument.Unreadable(reason);
        };
    }

    /** A proxy that answers at the wrong address must not be given somebody else's config. */
    private static RunningDocument document(ProxyId proxy, RunningConfig running) {
        var name = running.config().proxy();
        return name.equals(proxy.name())
                ? new RunningDocument.Present(Documents.of(running.config()))
                : new RunningDocument.Unreadable(
                        "the proxy there is '" + name + "' and not '" + proxy + "'");
    }
}
