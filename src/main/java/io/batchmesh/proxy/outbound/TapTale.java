package io.batchmesh.proxy.outbound;

import io.batchmesh.admin.tap.TappedRequest.Answer;
import io.batchmesh.admin.tap.TappedRequest.Batch;
import io.batchmesh.admin.tap.TappedRequest.Times;
import io.batchmesh.admin.tap.TappedRequest.Trace;
import io.batchmesh.admin.tap.TappedRequest.Went;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.proxy.meter.Path;
import io.batchmesh.proxy.meter.StageTimes;
import io.batchmesh.proxy.tap.Tapped;
import io.batchmesh.proxy.trace.Span;
import io.batchmesh.proxy.upstream.FrameTimes;
import io.batchmesh.proxy.wire.PeerReport;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tap hears of an exchange that is over.
 *
 * @param went where to
 * @param answer what the caller got
 * @param path how it was answered
 * @param clock its times
 * @param stages as they are counted
 * @param report of the peer that answered it in a batch
 * @param span where it is traced
 */
record TapTale(
        Went went,
        Answer answer,
        Path path,
        StageClock clock,
        StageTimes stages,
        @Nullable PeerReport report,
        @Nullable Span span)
        implements Tapped.Teller {
    private static final int RADIX = 36;

    /** Of a request that no route takes. */
    static Tapped.Outcome turnedAway(CompiledLink link, int code, long nanos) {
        return new Tapped.Outcome(
                new Went(link.config().link(), "none", "none", null),
                new Answer(code, Path.PLAIN.label(), 0),
                new Times(Duration.ofNanos(nanos), Map.of(), Map.of()),
                null,
                null);
    }

    @Override
    public Tapped.Outcome tell() {
        return new Tapped.Outcome(went, answer, times(), batch(), trace());
    }

    private Times times() {
        var whole = Duration.ofNanos(clock.replied() - clock.arrived());
        var parts = new EnumMap<SendPart, Duration>(SendPart.class);
        if (path == Path.BATCHED && report != null && clock.frame() != null) {
            for (var part : SendPart.values()) {
                parts.put(part, Duration.ofNanos(clock.part(part, report)));
            }
        }
        return new Times(whole, path == Path.SHED ? Map.of() : all(stages), parts);
    }

    private static Map<Stage, Duration> all(StageTimes times) {
        var result = new EnumMap<Stage, Duration>(Stage.class);
        result.put(Stage.COLLECT, Duration.ofNanos(times.collect()));
        result.put(Stage.COMBINE, Duration.ofNanos(times.combine()));
        result.put(Stage.CACHE, Duration.ofNanos(times.cache()));
        result.put(Stage.COMPRESS, Duration.ofNanos(times.compress()));
        result.put(Stage.SEND, Duration.ofNanos(times.send()));
        return result;
    }

    /** All of one event loop are cut one after the other: the clock's reading tells them apart. */
    private @Nullable Batch batch() {
        FrameTimes frame = clock.frame();
        return path != Path.BATCHED || frame == null
                ? null
                : new Batch(Long.toString(frame.cut(), RADIX), frame.items(), frame.reason());
    }

    private @Nullable Trace trace() {
        return span == null ? null : new Trace(span.traceId(), span.spanId());
    }
}
