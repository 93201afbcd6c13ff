package io.batchmesh.proxy.trace;

import io.batchmesh.policy.Tracing;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.Dial;
import io.batchmesh.proxy.http.StatusCall;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Schedule;
import io.batchmesh.proxy.meter.TraceMeters;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells spans to a collector, a few at a time and one call at a time. What the collector cannot
 * take just now (OTLP, section 2.3.1.4: 429, 502, 503, 504, or no connection) it is told again
 * three times, each time later; anything else is thrown away and counted. So is what comes while
 * too many wait: requests never wait for their traces. Confined to the event loop.
 */
public final class SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(SpanExporter.class);
    private static final int MAX_WAITING = 4_096;
    private static final int MAX_SPANS = 128;
    private static final int MAX_TRIES = 4;
    private static final long GATHER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final Lane lane;
    private final TraceMeters meters;
    private final CallPool pool;
    private final URI uri;
    private final SpanJson json;
    private final Tracer tracer;
    private final Deque<Span> waiting = new ArrayDeque<>();
    private Schedule.@Nullable Handle timer;
    private @Nullable Post posting;
    private boolean finishing;
    private boolean complained;
    private @Nullable String trouble;

    /**
     * Whose spans are told.
     *
     * @param service the proxy's service
     * @param proxy its name
     */
    public record Owner(String service, String proxy) {}

    /** By one config. */
    public SpanExporter(
            Lane lane, Tracing settings, Dial collector, Owner owner, TraceMeters meters) {
        this.lane = lane;
        this.meters = meters;
        this.pool = CallPool.of(lane, collector);
        this.pool.limits(1, 1);
        this.uri = URI.create(settings.endpoint());
        this.json = new SpanJson(owner.service(), owner.proxy());
        this.tracer = new Tracer(settings, lane, this::ended);
    }

    /** Begins the spans that are told here. */
    public Tracer tracer() {
        return tracer;
    }

    /** Why the collector did not take what it was told last; null when it did. */
    public @Nullable String trouble() {
        return trouble;
    }

    private void ended(Span span) {
        if (waiting.size() >= MAX_WAITING) {
            meters.dropped();
            return;
        }
        waiting.add(span);
        if (posting == null && (finishing || waiting.size() >= MAX_SPANS)) {
            post();
        } else if (posting == null && timer == null) {
            timer = lane.schedule().after(GATHER_NANOS, this::post);
        }
    }

    private void post() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (posting != null || waiting.isEmpty()) {
            return;
        }
        var spans = new ArrayList<Span>(Math.min(MAX_SPANS, waiting.size()));
        while (spans.size() < MAX_SPANS && !waiting.isEmpty()) {
            spans.add(waiting.remove());
        }
        posting = new Post(spans.size(), json.of(spans));
        posting.begin();
    }

    /** Tells what waits; nothing is begun here any more. */
    public void finish() {
        finishing = true;
        post();
    }

    /** Throws away what waits. */
    public void abort() {
        finishing = true;
        waiting.clear();
        if (timer != null) {
            timer.cancel();
        }
        if (posting != null) {
            posting.over = true;
        }
        pool.abort();
    }

    private void done(Post post, String why) {
        posting = null;
        if (why.isEmpty()) {
            meters.exported(post.count);
            complained = false;
        } else {
            meters.failed(post.count);
            if (!complained) {
                complained = true;
                LOG.warn("traces are lost: {} {}", uri, why);
            }
        }
        if (!waiting.isEmpty()) {
            post();
        } else if (finishing) {
            pool.finish();
        }
    }

    /** Some spans on their way. */
    private final class Post {
        private final int count;
        private final byte[] body;
        private int tries;
        private boolean over;

        Post(int count, byte[] body) {
            this.count = count;
            this.body = body;
        }

        void begin() {
            if (!over) {
                tries++;
                new Try(this).begin();
            }
        }

        void refused(boolean later, String why) {
            if (over) {
                return;
            }
            trouble = why;
            if (later && tries < MAX_TRIES && !finishing) {
                double spread = 0.5 + lane.random().nextDouble();
                long nanos = (long) (GATHER_NANOS * (1L << (tries - 1)) * spread);
                lane.schedule().after(nanos, this::begin);
            } else {
                over = true;
                done(this, why);
            }
        }

        void taken() {
            if (!over) {
                over = true;
                trouble = null;
                done(this, "");
            }
        }
    }

    /** One call. */
    private final class Try extends StatusCall {
        private final Post post;

        Try(Post post) {
            super(pool, lane.schedule(), TIMEOUT_NANOS);
            this.post = post;
        }

        @Override
        protected FullHttpRequest request() {
            var path = uri.getRawPath().isEmpty() ? "/v1/traces" : uri.getRawPath();
            var query = uri.getRawQuery();
            var request =
                    new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1,
                            HttpMethod.POST,
                            query == null ? path : path + "?" + query,
                            Unpooled.wrappedBuffer(post.body));
            request.headers()
                    .set(HttpHeaderNames.HOST, uri.getRawAuthority())
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.USER_AGENT, "batchmesh")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, post.body.length);
            return request;
        }

        @Override
        protected void answered(int status, boolean whole) {
            if (status / 100 == 2) {
                post.taken();
            } else {
                post.refused(LATER.contains(status), "answers with " + status);
            }
        }

        @Override
        protected void unanswered(String why) {
            post.refused(true, why);
        }
    }
}
