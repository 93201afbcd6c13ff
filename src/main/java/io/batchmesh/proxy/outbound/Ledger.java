package io.batchmesh.proxy.outbound;

import io.batchmesh.admin.tap.TappedRequest.Answer;
import io.batchmesh.admin.tap.TappedRequest.Went;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.metrics.Stage;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.meter.Path;
import io.batchmesh.proxy.meter.StageTimes;
import io.batchmesh.proxy.tap.Tapped;
import io.batchmesh.proxy.trace.Span;
import io.batchmesh.proxy.upstream.Endpoint;
import io.batchmesh.proxy.upstream.FrameTimes;
import io.batchmesh.proxy.wire.PeerReport;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is to be counted of one exchange, written down as it happens. */
final class Ledger {
    /** Counted for a caller that went away; the number is nginx's. */
    private static final int CALLER_GONE = 499;

    private final LinkMeters meters;
    private final String route;
    private final long arrived;
    private final boolean silent;
    private Path path = Path.PLAIN;
    private int code;
    private long cacheNanos;
    private @Nullable FrameTimes frame;
    private @Nullable Span span;
    private @Nullable PeerReport report;
    private @Nullable Tapped tapped;

    /**
     * Of an exchange.
     *
     * @param silent whether nobody waits for the answer, so that nothing is counted at the end
     */
    Ledger(LinkMeters meters, String route, long arrived, boolean silent) {
        this.silent = silent;
        this.meters = meters;
        this.route = route;
        this.arrived = arrived;
    }

    LinkMeters meters() {
        return meters;
    }

    void path(Path taken) {
        path = taken;
    }

    /** The status that the caller gets. */
    void code(int status) {
        code = status;
    }

    int code() {
        return code;
    }

    /** The look-up in the cache took so long. */
    void looked(long nanos) {
        cacheNanos = nanos;
        meters.passed(Stage.CACHE, 1);
    }

    /** What is told of it, or null for nothing. */
    void span(@Nullable Span own) {
        span = own;
    }

    /** A tap wants to hear of it, or null for none. */
    void tapped(@Nullable Tapped wanted) {
        tapped = wanted;
    }

    /** It is over: tells what is known of it to whoever wants to know. */
    void tell(LinkConfig link, String subset, Tries tries, long now) {
        if (span != null) {
            tell(span, link, subset, tries.endpoint(), now);
        }
        if (tapped != null) {
            tell(tapped, link.link(), subset, tries, now);
        }
    }

    private void tell(
            Span own, LinkConfig link, String subset, @Nullable Endpoint endpoint, long now) {
        own.with("server.address", link.host())
                .with("network.peer.address", endpoint == null ? null : endpoint.address())
                .with("batchmesh.link", link.link())
                .with("batchmesh.route", route)
                .with("batchmesh.subset", subset)
                .with("batchmesh.path", path.label());
        if (path == Path.BATCHED) {
            var times = times(now);
            own.took("batchmesh.stage.collect", times.collect())
                    .took("batchmesh.stage.combine", times.combine())
                    .took("batchmesh.stage.cache", times.cache())
                    .took("batchmesh.stage.compress", times.compress())
                    .took("batchmesh.stage.send", times.send());
        }
        own.end(code, now);
    }

    private void tell(Tapped to, String link, String subset, Tries tries, long now) {
        int status = code == 0 ? CALLER_GONE : code;
        var endpoint = tries.endpoint();
        var address = endpoint == null ? null : endpoint.address();
        to.over(
                status,
                arrived,
                now,
                () ->
                        new TapTale(
                                        new Went(link, route, subset, address),
                                        new Answer(status, path.label(), tries.retries()),
                                        path,
                                        new StageClock(arrived, cacheNanos, frame, now),
                                        times(now),
                                        report,
                                        span)
                                .tell());
    }

    /** Its frame goes out; of several tries the first counts, since send includes the others. */
    void cut(FrameTimes times) {
        if (frame == null) {
            frame = times;
            if (span != null) {
                span.tracer().batched(span, times, times.items(), times.cut());
            }
        }
    }

    void reported(PeerReport said) {
        report = said;
    }

    /**
     * The last byte of the reply was written.
     *
     * @return nanoseconds of its send stage when a peer answered it in a batch, else -1
     */
    long replied(long nanos, String subset) {
        if (silent) {
            return -1;
        }
        meters.requests(route, subset, code).increment();
        meters.answered(path, nanos - arrived);
        if (span != null) {
            long wall = TimeUnit.NANOSECONDS.toMillis(span.tracer().wall(nanos));
            meters.traced(path, nanos - arrived, span.traceId(), span.spanId(), wall);
        }
        if (path != Path.BATCHED) {
            return -1;
        }
        var clock = new StageClock(arrived, cacheNanos, frame, nanos);
        clock.observe(meters, report);
        return report == null ? -1 : clock.send();
    }

    /** What each stage took so far; what went plainly was sent at once. */
    StageTimes times(long now) {
        if (path == Path.PLAIN) {
            return new StageTimes(cacheNanos, 0, 0, 0, now - arrived - cacheNanos);
        }
        boolean sent = path == Path.BATCHED;
        return sent
                ? new StageClock(arrived, cacheNanos, frame, now).times()
                : new StageTimes(now - arrived, 0, 0, 0, 0);
    }

    /** The caller went away, or its reply was broken off. */
    void broken(String subset) {
        if (silent) {
            return;
        }
        meters.requests(route, subset, code == 0 ? CALLER_GONE : code).increment();
    }
}
