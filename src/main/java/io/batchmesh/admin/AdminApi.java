package io.batchmesh.admin;

import io.batchmesh.admin.ActivityMeter.Activity;
import io.batchmesh.admin.AdminRoutes.Route;
import io.batchmesh.admin.OverrideEntry.Kind;
import io.batchmesh.admin.tap.TapParameters;
import io.batchmesh.json.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;

/** All calls of the admin endpoint of one subject, apart from how they arrive. */
final class AdminApi {
    private static final String OPENAPI = "openapi.json";
    private static final byte[] OPENAPI_BYTES = resource();

    private final AdminSubject subject;
    private final ConfigKeeper keeper;
    private final AdminRuntime runtime;
    private final Executor worker;
    private final OverrideKeeper overrides;
    private final MetricsPage metrics = new MetricsPage();
    private final long startNanos;
    private final AtomicBoolean draining = new AtomicBoolean();

    AdminApi(AdminSubject subject, ConfigKeeper keeper, AdminRuntime runtime) {
        this.subject = subject;
        this.keeper = keeper;
        this.runtime = runtime;
        this.worker = runtime.worker();
        this.overrides = new OverrideKeeper(subject, runtime);
        this.startNanos = runtime.clocks().nanos();
    }

    private static byte[] resource() {
        try (var in = Objects.requireNonNull(AdminApi.class.getResourceAsStream(OPENAPI))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AdminRoutes routes() {
        var routes = new ArrayList<>(configs());
        routes.addAll(overrides());
        routes.addAll(others());
        var taps = new TapCalls(subject, runtime.clocks());
        routes.add(new Route("GET", "/tap", TapParameters.NAMES, Activity.MONITOR, taps::open));
        return new AdminRoutes(routes);
    }

    private List<Route> overrides() {
        var calls = new OverrideCalls(subject, overrides);
        var batching = "/overrides/links/{link}/batching";
        var endpoint = "/overrides/endpoints/{address}";
        return List.of(
                manage("GET", "/overrides", calls::list),
                manage("PUT", batching, calls.put(Kind.BATCHING_OFF)),
                manage("DELETE", batching, calls.delete(Kind.BATCHING_OFF)),
                manage("PUT", endpoint, calls.put(Kind.ENDPOINT_EJECTED)),
                manage("DELETE", endpoint, calls.delete(Kind.ENDPOINT_EJECTED)));
    }

    private List<Route> configs() {
        var calls = new ConfigCalls(keeper, runtime.clocks());
        return List.of(
                manage("GET", "/config", calls::get),
                new Route(
                        "PUT",
                        "/config",
                        Set.of("dryRun", "confirmWithin"),
                        Activity.MANAGE,
                        calls::put),
                manage("POST", "/config/confirm", calls::confirm),
                manage("GET", "/config/history", calls::history),
                manage("GET", "/config/history/{version}", calls::version));
    }

    private List<Route> others() {
        return List.of(
                monitor("/status", r -> status()),
                monitor("/metrics", r -> metrics.of(subject.metrics(), r)),
                monitor("/live", r -> flag(200, "live", true)),
                monitor("/ready", r -> ready()),
                manage("POST", "/drain", r -> drain()),
                manage(
                        "GET",
                        "/openapi.json",
                        r -> AdminResponse.of(200, "application/json", OPENAPI_BYTES)));
    }

    private static Route manage(
            String method, String template, Function<AdminRequest, AdminResponse> handler) {
        return new Route(method, template, Set.of(), Activity.MANAGE, handler);
    }

    private static Route monitor(String template, Function<AdminRequest, AdminResponse> handler) {
        return new Route("GET", template, Set.of(), Activity.MONITOR, handler);
    }

    /** What every subject has, then what this one adds under names of its own. */
    private AdminResponse status() {
        var history = keeper.history();
        var running = history.running();
        var body = JsonNodeFactory.instance.objectNode();
        if (running != null) {
            body.setAll(running.describe());
        }
        var until = history.until();
        if (until != null) {
            body.put("confirmUntil", until.toString());
        }
        var switched = overrides.entries();
        if (!switched.isEmpty()) {
            var list = body.putArray("overrides");
            switched.forEach(o -> list.add(o.describe()));
        }
        var uptime = runtime.clocks().ticker().since(startNanos);
        body.set("uptime", ObjectWriter.number(seconds(uptime)));
        body.put("ready", ready(running != null));
        body.put("draining", draining.get());
        subject.status()
                .propertyStream()
                .filter(e -> !body.has(e.getKey()))
                .toList()
                .forEach(e -> body.set(e.getKey(), e.getValue()));
        return AdminResponse.json(200, body);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private boolean ready(boolean configured) {
        return configured && !draining.get() && subject.ready();
    }

    private AdminResponse ready() {
        boolean ready = ready(keeper.running() != null);
        return flag(ready ? 200 : 503, "ready", ready);
    }

    /** Draining takes as long as what is in flight: the answer does not wait for it. */
    private AdminResponse drain() {
        if (draining.compareAndSet(false, true)) {
            worker.execute(subject::drain);
        }
        return flag(202, "draining", true);
    }

    private static AdminResponse flag(int status, String name, boolean value) {
        return AdminResponse.json(status, ObjectWriter.object(o -> o.put(name, value)));
    }
}
