package io.batchmesh.proxy.trace;

import io.batchmesh.policy.Tracing;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.trace.Span.Kind;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans by one config's rules. A caller's decision holds; where there is none, a share of
 * the requests is traced. Requests that are not traced go on as they came. Confined to the event
 * loop.
 */
public final class Tracer {
    private static final double PERCENT = 100;

    private final double share;
    private final RandomGenerator random;
    private final Consumer<Span> sink;
    private final long wallMinusTicker;
    private @Nullable Object lastFrame;
    private @Nullable Span lastBatch;

    /**
     * By one config.
     *
     * @param sink gets what is over
     */
    Tracer(Tracing settings, Lane lane, Consumer<Span> sink) {
        this.share = settings.sampling() / PERCENT;
        this.random = lane.random();
        this.sink = sink;
        var now = lane.clocks().now();
        this.wallMinusTicker = nanos(now) - lane.clocks().nanos();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** A request of the own service; null when it is not to be traced. */
    public @Nullable Span outgoing(HttpRequest head, long nanos) {
        return begin(head, Kind.CLIENT, nanos);
    }

    /** A request of a peer; null when it is not to be traced. */
    public @Nullable Span incoming(HttpRequest head, long nanos) {
        return begin(head, Kind.SERVER, nanos);
    }

    private @Nullable Span begin(HttpRequest head, Kind kind, long nanos) {
        var headers = head.headers();
        var caller = SpanContext.of(headers);
        boolean traced = caller == null ? random.nextDouble() < share : caller.sampled();
        if (!traced) {
            return null;
        }
        if (caller == null) {
            // The state belongs to a parent that is not there (Trace Context, section 3.3.1.5).
            headers.remove(SpanContext.STATE);
        }
        var own = caller == null ? SpanContext.fresh(random) : caller.child(random);
        headers.set(SpanContext.PARENT, own.text());
        var begin = new Span.Begin(head.method().name(), nanos);
        var span = new Span(this, own, caller == null ? null : caller.span(), kind, begin);
        return span.with("http.request.method", head.method().name())
                .with("url.path", path(head.uri()));
    }

    /** Queries may hold secrets. */
    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /**
     * A traced request goes out in a batch. Those of one batch follow one another.
     *
     * @param frame the batch, the same object for all in it
     * @param items requests in it
     * @param cutNanos when it was cut
     */
    public void batched(Span item, Object frame, int items, long cutNanos) {
        var batch = lastBatch;
        if (batch == null || lastFrame != frame) {
            var begin = new Span.Begin("batch", cutNanos);
            batch = new Span(this, SpanContext.fresh(random), null, Kind.PRODUCER, begin);
            batch.with("batchmesh.batch.items", items);
            lastFrame = frame;
            lastBatch = batch;
        }
        item.joins(batch);
    }

    void ended(Span span) {
        if (span == lastBatch) {
            lastBatch = null;
            lastFrame = null;
        }
        sink.accept(span);
    }

    /** A ticker's reading as nanoseconds since 1970. */
    public long wall(long nanos) {
        return nanos + wallMinusTicker;
    }
}
