package io.batchmesh.proxy.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one request, or of one batch. Confined to the event loop until it is told. */
public final class Span {
    /** OpenTelemetry's default bound. */
    private static final int MAX_LINKS = 128;

    /** Who did it, by OpenTelemetry's numbers. */
    enum Kind {
        SERVER(2),
        CLIENT(3),
        PRODUCER(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** An attribute; a Long, a Double or a String. */
    record Attribute(String key, Object value) {}

    private final Tracer tracer;
    private final SpanContext context;
    private final @Nullable String parent;
    private final Kind kind;
    private final String name;
    private final long startNanos;
    private final List<Attribute> attributes = new ArrayList<>(12);
    private final List<SpanContext> links = new ArrayList<>(1);
    private @Nullable Span batch;
    private int droppedLinks;
    private int open;
    private long endNanos;
    private boolean failed;

    Span(Tracer tracer, SpanContext context, @Nullable String parent, Kind kind, Begin begin) {
        this.tracer = tracer;
        this.context = context;
        this.parent = parent;
        this.kind = kind;
        this.name = begin.name();
        this.startNanos = begin.nanos();
    }

    /**
     * Its name and when it began.
     *
     * @param nanos the ticker's reading
     */
    record Begin(String name, long nanos) {}

    /** Says more of it. */
    public Span with(String key, @Nullable String value) {
        if (value != null) {
            attributes.add(new Attribute(key, value));
        }
        return this;
    }

    /** Says more of it. */
    public Span with(String key, long value) {
        attributes.add(new Attribute(key, value));
        return this;
    }

    /** Says how long a part of it took. */
    public Span took(String key, long nanos) {
        attributes.add(new Attribute(key, nanos / 1e9));
        return this;
    }

    /** It goes on in a batch: the two point at one another. Of several batches the first counts. */
    void joins(Span carrier) {
        if (batch == null) {
            batch = carrier;
            links.add(carrier.context);
            carrier.open++;
            if (carrier.links.size() < MAX_LINKS) {
                carrier.links.add(context);
            } else {
                carrier.droppedLinks++;
            }
        }
    }

    /**
     * It is over.
     *
     * @param code the status that the caller gets, or 0 where there is none
     */
    public void end(int code, long nanos) {
        if (code > 0) {
            with("http.response.status_code", code);
        }
        failed = code == 0 || code >= (kind == Kind.SERVER ? 500 : 400);
        over(nanos);
        var carrier = batch;
        if (carrier != null && --carrier.open == 0) {
            carrier.over(nanos);
        }
    }

    private void over(long nanos) {
        endNanos = nanos;
        tracer.ended(this);
    }

    /** Who began it. */
    public Tracer tracer() {
        return tracer;
    }

    /** Its trace, in 32 hexadecimal digits. */
    public String traceId() {
        return context.trace();
    }

    /** Its own name within the trace, in 16 hexadecimal digits. */
    public String spanId() {
        return context.span();
    }

    SpanContext context() {
        return context;
    }

    @Nullable String parent() {
        return parent;
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    /** Nanoseconds since 1970. */
    long startWall() {
        return tracer.wall(startNanos);
    }

    /** Nanoseconds since 1970. */
    long endWall() {
        return tracer.wall(endNanos);
    }

    boolean failed() {
        return failed;
    }

    List<Attribute> attributes() {
        return attributes;
    }

    List<SpanContext> links() {
        return links;
    }

    int droppedLinks() {
        return droppedLinks;
    }
}
