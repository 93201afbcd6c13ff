package io.batchmesh.ui.shell;

import io.batchmesh.admin.tap.TapCounts;
import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TappedRequest;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.observe.TapState;
import io.batchmesh.observe.TapView;
import io.batchmesh.target.TapEnd;
import io.batchmesh.ui.Tapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tap that has seen some requests, for pictures and tests. */
final class SampleTap implements Tapping, Tapping.Running {
    private static final ProxyId PROXY = new ProxyId("productpage-v1-1");

    private final List<TapView.Entry> kept = new ArrayList<>();
    private boolean going = true;
    @Nullable TapOrder order;
    Set<ServiceId> callers = Set.of();

    /** With so many requests. */
    SampleTap(int requests) {
        for (int i = 1; i <= requests; i++) {
            add(i);
        }
    }

    /** One more comes. */
    void add(int number) {
        kept.addFirst(new TapView.Entry(number, PROXY, request(number)));
    }

    private static TappedRequest request(int i) {
        boolean hit = i % 5 == 0;
        boolean failed = i % 7 == 0;
        var stages =
                Map.of(
                        Stage.COLLECT,
                                hit ? Duration.ZERO : Duration.ofNanos(3_100_000L + i * 90_000L),
                        Stage.COMBINE, hit ? Duration.ZERO : Duration.ofNanos(240_000),
                        Stage.CACHE, Duration.ofNanos(hit ? 61_000 : 18_000),
                        Stage.COMPRESS, hit ? Duration.ZERO : Duration.ofNanos(410_000),
                        Stage.SEND,
                                hit ? Duration.ZERO : Duration.ofNanos(9_700_000L + i * 400_000L));
        var whole = stages.values().stream().reduce(Duration.ZERO, Duration::plus);
        Map<SendPart, Duration> send =
                hit
                        ? Map.of()
                        : Map.of(
                                SendPart.WIRE_OUT, Duration.ofNanos(1_200_000),
                                SendPart.PEER, Duration.ofNanos(300_000),
                                SendPart.SERVICE, Duration.ofNanos(7_000_000L + i * 400_000L),
                                SendPart.WIRE_BACK, Duration.ofNanos(1_200_000));
        return new TappedRequest(
                Instant.parse("2026-03-02T09:14:03.120Z").plusMillis(i * 83L),
                new TappedRequest.Went("productpage->reviews", "beta", "v2", "10.0.4.17:9080"),
                new TappedRequest.Asked(
                        i % 3 == 0 ? "POST" : "GET",
                        "/api/v1/products/" + i + "/reviews",
                        i % 2 == 0 ? "page=*&size=*" : null,
                        Map.of("x-request-id", "7f0c-" + i)),
                new TappedRequest.Answer(
                        failed ? 503 : 200, hit ? "hit" : "batched", failed ? 2 : 0),
                new TappedRequest.Times(whole, stages, send),
                hit ? null : new TappedRequest.Batch("b5f0k2x1q", 12, FlushReason.LINGER),
                new TappedRequest.Trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"));
    }

    @Override
    public Start open(TapOrder wanted, Set<ServiceId> asked) {
        order = wanted;
        callers = asked;
        going = true;
        return new Start.Begun(this);
    }

    @Override
    public TapView view() {
        var states = new LinkedHashMap<ProxyId, TapState>();
        states.put(PROXY, new TapState.Open(Instant.parse("2026-03-02T09:15:03Z")));
        states.put(
                new ProxyId("productpage-v1-2"),
                new TapState.Ended(new TapEnd.Broken("connection refused")));
        int number = kept.size();
        return new TapView(number, kept, states, new TapCounts(number + 21L, 21, 0));
    }

    @Override
    public boolean goesOn() {
        return going;
    }

    @Override
    public void stop() {
        going = false;
    }
}
