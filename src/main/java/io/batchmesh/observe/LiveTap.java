package io.batchmesh.observe;

import io.batchmesh.admin.tap.TapCounts;
import io.batchmesh.admin.tap.TapLine;
import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TappedRequest;
import io.batchmesh.model.ProxyId;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.target.TapCall;
import io.batchmesh.target.TapEnd;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A live sample of single requests from several proxies at once, of which the last are kept. Safe
 * for use by several threads.
 */
public final class LiveTap implements AutoCloseable {
    /** Proxies that are asked, at most. */
    public static final int MOST_PROXIES = 16;

    /** Requests that are kept, at most. */
    public static final int MOST_KEPT = 500;

    private final Object lock = new Object();
    private final Map<ProxyId, TapState> states = new LinkedHashMap<>();
    private final Map<ProxyId, TapCounts> counts = new LinkedHashMap<>();
    private final Deque<TapView.Entry> kept = new ArrayDeque<>();
    private final List<TapCall> calls = new ArrayList<>();
    private final CountDownLatch running;
    private long number;

    private LiveTap(int proxies) {
        running = new CountDownLatch(proxies);
    }

    /**
     * Opens a tap at each of the proxies, of those beyond {@link #MOST_PROXIES} at none. The rate
     * is split among them.
     *
     * @param io a virtual thread for each task
     * @param author who says to open it, or null
     */
    public static LiveTap open(
            AdminClient client,
            ExecutorService io,
            List<ProxyEndpointRef> proxies,
            TapOrder order,
            @Nullable String author) {
        var asked = proxies.subList(0, Math.min(MOST_PROXIES, proxies.size()));
        var tap = new LiveTap(asked.size());
        var share = share(order, asked.size());
        for (var proxy : asked) {
            var call = client.tap(proxy, share, author);
            tap.calls.add(call);
            tap.states.put(proxy.name(), new TapState.Opening());
        }
        for (int i = 0; i < asked.size(); i++) {
            var call = tap.calls.get(i);
            var name = asked.get(i).name();
            io.execute(() -> tap.run(name, call));
        }
        return tap;
    }

    private static TapOrder share(TapOrder order, int proxies) {
        var pace = order.pace();
        double rate = Math.max(Math.min(1, pace.rate()), pace.rate() / Math.max(1, proxies));
        var own = new TapOrder.Pace(rate, pace.percent());
        return new TapOrder(order.filter(), order.shown(), order.query(), own, order.time());
    }

    private void run(ProxyId proxy, TapCall call) {
        TapEnd end = new TapEnd.Closed();
        try {
            end = call.read(line -> take(proxy, line));
        } finally {
            synchronized (lock) {
                states.put(proxy, new TapState.Ended(end));
            }
            running.countDown();
        }
    }

    private void take(ProxyId proxy, TapLine line) {
        synchronized (lock) {
            switch (line) {
                case TapLine.Opened(var until) -> states.put(proxy, new TapState.Open(until));
                case TapLine.Request(var request) -> keep(proxy, request);
                case TapLine.Counted(var seen) -> counts.put(proxy, seen);
                case TapLine.Ended(var _, var seen) -> counts.put(proxy, seen);
            }
        }
    }

    private void keep(ProxyId proxy, TappedRequest request) {
        kept.addFirst(new TapView.Entry(++number, proxy, request));
        if (kept.size() > MOST_KEPT) {
            kept.removeLast();
        }
    }

    /** What is known now. */
    public TapView view() {
        synchronized (lock) {
            var all = counts.values().stream().reduce(TapCounts.NONE, TapCounts::plus);
            return new TapView(number, List.copyOf(kept), new LinkedHashMap<>(states), all);
        }
    }

    /** Whether it goes on at some proxy. */
    public boolean running() {
        return running.getCount() > 0;
    }

    /**
     * Waits until it has ended everywhere, or the time is up.
     *
     * @return whether it has ended
     */
    public boolean await(long millis) throws InterruptedException {
        return running.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends it everywhere; what was seen stays. */
    public void stop() {
        calls.forEach(TapCall::close);
    }

    @Override
    public void close() {
        stop();
    }
}
