package io.batchmesh.push;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.push.ProxyPush.State;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.PutOrder;
import io.batchmesh.target.PutResult;
import io.batchmesh.target.Reading;
import io.batchmesh.target.RunningConfig;
import io.batchmesh.time.Clocks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries plans out: wave after wave, within a wave in the order of the plan where services call
 * each other, else at the same time. Each proxy gets its config on the condition that it still runs
 * what the plan was made for. When the outcome of a change is not known, the proxy is asked what it
 * runs; a change is never sent twice. When a proxy of a wave does not run what it should, the
 * proxies after it are left alone. Safe for use by several threads.
 */
public final class Pusher {
    private static final int IN_FLIGHT = 64;

    private final AdminClient client;
    private final ExecutorService io;
    private final Clocks clocks;
    private final PushLog log;

    /**
     * @param io a virtual thread for each task
     */
    public Pusher(AdminClient client, ExecutorService io, Clocks clocks, PushLog log) {
        this.client = client;
        this.io = io;
        this.clocks = clocks;
        this.log = log;
    }

    /**
     * Pushes, and waits for the end. An interrupt of this thread stops the push: what is under way
     * is brought to its end, nothing more is begun, and the thread stays interrupted.
     *
     * @param listener told of every change, one at a time, on any thread; must be quick
     * @return the end of it
     * @throws IOException when the push cannot be recorded; nothing was sent then
     */
    public PushProgress push(PushRequest request, Consumer<PushProgress> listener)
            throws IOException {
        var manifest = Manifest.of(request);
        var record =
                log.begin(id ->
                        new PushRecord(
                                id,
                                clocks.now(),
                                request.author(),
                                request.environment().name(),
                                request.revision(),
                                manifest.proxies(),
                                false));
        var id = record.id();
        var course = new Course(id, false, manifest.proxies(), listener);
        var mark = new PutOrder.Mark(id.header(), request.author(), request.revision());
        run(
                course,
                request.waves().cut(manifest.parcels()),
                parcel -> {
                    var result = serve(parcel, mark);
                    var changed = course.change(parcel.to().name(), p -> state(p, result));
                    log.result(id, changed);
                });
        end(id);
        return course.now();
    }

    /** A file cannot be written by an interrupted thread. */
    private void end(PushId id) {
        boolean interrupted = Thread.interrupted();
        log.end(id);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks every proxy whether it would take its config; changes nothing, and no proxy keeps the
     * others from being asked. A proxy that would take it stays {@link State#PENDING}.
     */
    public PushProgress dryRun(PushRequest request, Consumer<PushProgress> listener) {
        var manifest = Manifest.of(request);
        var course = new Course(PushId.NONE, true, manifest.proxies(), listener);
        var mark = new PutOrder.Mark(null, request.author(), request.revision());
        course.wave(1, 1);
        new Crew(io, IN_FLIGHT)
                .each(
                        manifest.parcels(),
                        parcel -> {
                            var result = client.dryRun(parcel.to(), order(parcel, mark));
                            course.change(parcel.to().name(), p -> asked(p, result));
                        });
        boolean cancelled = Thread.currentThread().isInterrupted();
        course.end(cancelled ? PushProgress.Phase.CANCELLED : PushProgress.Phase.DONE, "not asked");
        return course.now();
    }

    /** The end of a push of a plan in which nothing can be sent; nothing is recorded of it. */
    public static PushProgress nothingToSend(PushRequest request) {
        var proxies = Manifest.of(request).proxies();
        return new PushProgress(PushId.NONE, false, proxies, 0, 0, PushProgress.Phase.DONE);
    }

    private void run(Course course, List<List<Parcel>> waves, Consumer<Parcel> serve) {
        var crew = new Crew(io, IN_FLIGHT);
        for (int i = 0; i < waves.size(); i++) {
            course.wave(i + 1, waves.size());
            for (var layer : Layers.of(waves.get(i))) {
                crew.each(layer, serve);
                if (Thread.currentThread().isInterrupted()) {
                    course.end(PushProgress.Phase.CANCELLED, "the push was cancelled");
                    return;
                }
                var failed = failed(course, layer);
                if (failed != null) {
                    course.end(
                            PushProgress.Phase.STOPPED,
                            "the push stopped: %s is %s"
                                    .formatted(failed.proxy(), failed.state().label()));
                    return;
                }
            }
        }
        course.end(PushProgress.Phase.DONE, "");
    }

    private static @Nullable ProxyPush failed(Course course, List<Parcel> layer) {
        return layer.stream()
                .map(parcel -> course.get(parcel.to().name()))
                .filter(p -> !p.state().isDone())
                .findFirst()
                .orElse(null);
    }

    private static PutOrder order(Parcel parcel, PutOrder.Mark mark) {
        return new PutOrder(parcel.config(), parcel.before(), mark);
    }

    private PutResult serve(Parcel parcel, PutOrder.Mark mark) {
        var result = client.put(parcel.to(), order(parcel, mark));
        return result instanceof PutResult.Unknown(var reason) ? resolve(parcel, reason) : result;
    }

    /** Reads back what became of a change whose answer was lost. */
    private PutResult resolve(Parcel parcel, String reason) {
        return switch (client.config(parcel.to())) {
            case Reading.Got<RunningConfig>(var running) -> {
                if (running.version().equals(parcel.version())) {
                    yield new PutResult.Acked(parcel.version());
                }
                yield running.version().equals(parcel.before())
                        ? unknown(reason, "when asked it still ran " + brief(parcel.before()))
                        : new PutResult.Conflict(running.version());
            }
            case Reading.None<RunningConfig> _ -> unknown(reason, "when asked it ran nothing");
            case Reading.Unreachable<RunningConfig>(var why) ->
                    unknown(reason, "it cannot be asked: " + why);
            case Reading.Unreadable<RunningConfig>(var why) ->
                    unknown(reason, "asked, it makes no sense: " + why);
        };
    }

    private static PutResult unknown(String reason, String readBack) {
        return new PutResult.Unknown(reason + "; " + readBack);
    }

    private static ProxyPush state(ProxyPush proxy, PutResult result) {
        return switch (result) {
            case PutResult.Acked _ -> proxy.with(State.ACKED, "");
            case PutResult.Unchanged _ -> proxy.with(State.UNCHANGED, "");
            case PutResult.Rejected(var faults) -> proxy.rejected(faults);
            case PutResult.Conflict(var running) ->
                    proxy.with(
                            State.CONFLICT,
                            "it runs %s and no longer %s; plan again"
                                    .formatted(brief(running), brief(proxy.before())));
            case PutResult.Unreachable(var reason) -> proxy.with(State.UNREACHABLE, reason);
            case PutResult.Unknown(var reason) -> proxy.with(State.UNKNOWN, reason);
        };
    }

    private static ProxyPush asked(ProxyPush proxy, PutResult result) {
        return switch (result) {
            case PutResult.Acked _ -> proxy.with(State.PENDING, "it would take it");
            case PutResult.Unknown(var reason) -> proxy.with(State.UNREACHABLE, reason);
            default -> state(proxy, result);
        };
    }

    private static String brief(@Nullable ConfigVersion version) {
        return version == null ? "nothing" : version.brief();
    }
}
