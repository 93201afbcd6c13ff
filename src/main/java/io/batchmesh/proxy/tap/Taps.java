package io.batchmesh.proxy.tap;

import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapStart;
import io.batchmesh.proxy.loop.Lane;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The taps of a sidecar. While none is open, a request costs one look at an empty array. Confined
 * to the event loop, but for {@link #open}.
 */
public final class Taps {
    /** Taps that may be open at a time. */
    public static final int MOST = 4;

    private static final double PERCENT = 100;
    private static final Tap[] NONE = {};

    private final Lane lane;
    private final AtomicInteger taken = new AtomicInteger();
    private Tap[] open = NONE;

    /** No tap is open. */
    public Taps(Lane lane) {
        this.lane = lane;
    }

    /** Opens a tap, from any thread but the event loop's. */
    public TapStart open(TapOrder order) {
        if (taken.getAndUpdate(n -> Math.min(MOST, n + 1)) >= MOST) {
            return new TapStart.TooMany(MOST);
        }
        var tap = new Tap(order, lane.ticker().nanos(), this::close);
        boolean added = false;
        try {
            lane.await(() -> add(tap));
            added = true;
        } finally {
            if (!added) {
                tap.close();
            }
        }
        return new TapStart.Open(tap);
    }

    private void add(Tap tap) {
        var next = new Tap[open.length + 1];
        System.arraycopy(open, 0, next, 0, open.length);
        next[open.length] = tap;
        open = next;
    }

    private void close(Tap tap) {
        try {
            lane.loop().execute(() -> remove(tap));
        } catch (RejectedExecutionException e) {
            // The event loop is over, and all taps with it.
            taken.decrementAndGet();
        }
    }

    private void remove(Tap tap) {
        for (int i = 0; i < open.length; i++) {
            if (open[i] == tap) {
                var next = new Tap[open.length - 1];
                System.arraycopy(open, 0, next, 0, i);
                System.arraycopy(open, i + 1, next, i, next.length - i);
                open = next.length == 0 ? NONE : next;
                taken.decrementAndGet();
                return;
            }
        }
    }

    /**
     * A request came. To be called before its head is changed.
     *
     * @return what is to be told when it is over; null when nobody wants it
     */
    public @Nullable Tapped arrived(String link, String route, HttpRequest head) {
        return open.length == 0 ? null : seen(link, route, head);
    }

    private @Nullable Tapped seen(String link, String route, HttpRequest head) {
        Tapped tapped = null;
        for (var tap : open) {
            double percent = tap.order().pace().percent();
            boolean looked = percent >= PERCENT || lane.random().nextDouble() * PERCENT < percent;
            if (looked && tap.wants(link, route, head)) {
                tapped = tapped == null ? new Tapped(lane.clocks(), head) : tapped;
                tapped.wanted(tap, head);
            }
        }
        return tapped;
    }
}
