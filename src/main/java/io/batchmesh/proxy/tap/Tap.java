package io.batchmesh.proxy.tap;

import io.batchmesh.admin.tap.TapCounts;
import io.batchmesh.admin.tap.TapFilter;
import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapSession;
import io.batchmesh.admin.tap.TappedRequest;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tap that is open. The event loop writes into a ring that never makes it wait: what has no
 * place there is counted and forgotten.
 */
final class Tap implements TapSession {
    /** Places of the ring: more than a second of the highest rate. */
    private static final int PLACES = 128;

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TapOrder order;
    private final TapRing<TappedRequest> ring = new TapRing<>(PLACES);
    private final AtomicLong matched = new AtomicLong();
    private final AtomicLong limited = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Consumer<Tap> ended;
    private double tokens;
    private long lastNanos;

    /**
     * A tap.
     *
     * @param ended told once it is closed, on any thread
     */
    Tap(TapOrder order, long nowNanos, Consumer<Tap> ended) {
        this.order = order;
        this.ended = ended;
        this.tokens = burst();
        this.lastNanos = nowNanos;
    }

    private double burst() {
        return Math.max(1, order.pace().rate());
    }

    TapOrder order() {
        return order;
    }

    /** Whether a request is wanted, by its head. */
    boolean wants(String link, String route, HttpRequest head) {
        var filter = order.filter();
        return isLink(filter.link(), link)
                && is(filter.route(), route)
                && is(filter.method(), head.method().name())
                && (filter.pathPrefix() == null || head.uri().startsWith(filter.pathPrefix()))
                && hasFields(filter, head);
    }

    /** A link by its name, or all to a service. */
    private static boolean isLink(@Nullable String wanted, String link) {
        return wanted == null
                || wanted.equals(link)
                || (wanted.startsWith("*->") && link.endsWith(wanted.substring(1)));
    }

    private static boolean is(@Nullable String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    private static boolean hasFields(TapFilter filter, HttpRequest head) {
        for (var field : filter.headers().entrySet()) {
            if (!field.getValue().equals(head.headers().get(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a request that was wanted is to be shown, now that it is over. Counts it. */
    boolean takes(int code, long durationNanos, long nowNanos) {
        var filter = order.filter();
        boolean codes = filter.codes() == null || filter.codes().has(code);
        if (!codes || durationNanos < filter.least().toNanos()) {
            return false;
        }
        increment(matched);
        double rate = order.pace().rate();
        tokens = Math.min(burst(), tokens + (nowNanos - lastNanos) / NANOS * rate);
        lastNanos = nowNanos;
        if (tokens < 1) {
            increment(limited);
            return false;
        }
        tokens--;
        return true;
    }

    /** Shows a request. */
    void show(TappedRequest request) {
        if (!ring.offer(request)) {
            increment(dropped);
        }
    }

    /** Written by the event loop alone. */
    private static void increment(AtomicLong counter) {
        counter.setOpaque(counter.getPlain() + 1);
    }

    @Override
    public void drain(Consumer<TappedRequest> to) {
        ring.drain(to);
    }

    @Override
    public TapCounts counts() {
        return new TapCounts(matched.getOpaque(), limited.getOpaque(), dropped.getOpaque());
    }

    @Override
    public void close() {
        ended.accept(this);
    }
}
