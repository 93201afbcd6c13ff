package io.batchmesh.proxy.batch;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.proxy.loop.Schedule;
import io.batchmesh.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of one endpoint and the window that cuts it into batches. The linger is an
 * upper bound: a batch goes when it is full, when its first item has waited long enough, when a
 * deadline is near, or, by the policy auto, as soon as the transport is free; then at the end of
 * the event loop's turn, so that what arrived in the same turn goes together. Where the transport
 * says so, it then lets items gather before it cuts the next. Confined to one thread.
 *
 * @param <T> what is batched
 */
public final class Batcher<T extends BatchItem> {
    /** What became of an item that was offered. */
    public enum Offer {
        TAKEN,
        /** Too many items wait. */
        TOO_MANY,
        /** Too many bytes wait. */
        TOO_MUCH
    }

    /** Kept in hand before a deadline besides what the upstream usually takes. */
    private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Schedule schedule;
    private final Ticker ticker;
    private final Outlet<T> outlet;
    private final Deque<T> queue = new ArrayDeque<>();
    private final LingerTuner tuner = new LingerTuner();
    private BatchSettings settings;
    private long bytes;
    private long flushAt = BatchItem.NEVER;
    private FlushReason due = FlushReason.LINGER;
    private Schedule.@Nullable Handle timer;
    private long timerAt;
    private boolean soon;
    private boolean draining;
    private boolean gathers;
    private long gatherUntil;
    private final SendEstimate upstream = new SendEstimate();

    public Batcher(Schedule schedule, Ticker ticker, Outlet<T> outlet, BatchSettings settings) {
        this.schedule = schedule;
        this.ticker = ticker;
        this.outlet = outlet;
        this.settings = settings;
    }

    /** Items that wait. */
    public int waiting() {
        return queue.size();
    }

    /** Bytes that wait. */
    public long waitingBytes() {
        return bytes;
    }

    /** How long an item may wait at most now, in nanoseconds. */
    public long lingerNanos() {
        return switch (settings.policy()) {
            case OFF, AUTO -> 0;
            case FIXED -> settings.lingerNanos();
            case TARGET_P99 -> tuner.linger();
        };
    }

    /** Takes an item, or says why not. */
    public Offer offer(T item) {
        if (queue.size() >= settings.bounds().items()) {
            return Offer.TOO_MANY;
        }
        if (!queue.isEmpty() && bytes + item.bytes() > settings.bounds().bytes()) {
            return Offer.TOO_MUCH;
        }
        long now = ticker.nanos();
        stamp(item, now);
        queue.add(item);
        bytes += item.bytes();
        consider(item);
        outlet.wanted();
        if (full()) {
            cut(now, false);
        }
        review(now);
        return Offer.TAKEN;
    }

    /** Takes an item out that waits; false when it does not. */
    public boolean remove(T item) {
        if (!queue.remove(item)) {
            return false;
        }
        bytes -= item.bytes();
        recompute();
        return true;
    }

    /** The transport takes bytes again. */
    public void transportFree() {
        if (!queue.isEmpty()) {
            review(ticker.nanos());
        }
    }

    /** Takes new settings: a shorter window acts on what waits, a longer one only on the next. */
    public void configure(BatchSettings next) {
        if (next.equals(settings)) {
            return;
        }
        boolean aim = next.policy() == Policy.TARGET_P99;
        if (!aim || settings.policy() != Policy.TARGET_P99) {
            tuner.reset();
        }
        // Whoever waits under auto waits only for the transport: that is not to become a window.
        boolean atOnce = settings.policy() == Policy.AUTO;
        settings = next;
        long now = ticker.nanos();
        if (next.policy() != Policy.AUTO) {
            long linger = lingerNanos();
            queue.forEach(item -> shorten(item, atOnce ? now : item.queuedNanos + linger));
        }
        recompute();
        if (!queue.isEmpty()) {
            cut(now, true);
            review(now);
        }
    }

    /** Sends what waits, and from now on everything at once. */
    public void drain() {
        draining = true;
        if (!queue.isEmpty()) {
            review(ticker.nanos());
        }
    }

    /** Gives up what waits: all of it, first first. */
    public List<T> takeAll() {
        var all = List.copyOf(queue);
        queue.clear();
        bytes = 0;
        recompute();
        return all;
    }

    /**
     * An item was answered.
     *
     * @param sendNanos from the first byte of its frame to its reply
     * @param totalNanos from its arrival to its reply
     */
    public void answered(long sendNanos, long totalNanos) {
        upstream.observe(sendNanos);
        if (settings.policy() == Policy.TARGET_P99) {
            tuner.observe(totalNanos, ticker.nanos(), settings.targetNanos());
        }
    }

    private void stamp(T item, long now) {
        item.queuedNanos = now;
        boolean auto = settings.policy() == Policy.AUTO;
        item.why = auto ? FlushReason.IDLE : FlushReason.LINGER;
        item.flushBy = latest(now);
        if (item.deadlineNanos() != BatchItem.NEVER && item.flushBy != BatchItem.NEVER) {
            long left = item.deadlineNanos() - now;
            long spare = upstream.known() ? left - upstream.nanos() - MARGIN_NANOS : left / 2;
            if (now + spare - item.flushBy < 0) {
                item.flushBy = now + Math.max(0, spare);
                item.why = FlushReason.DEADLINE;
            }
        }
    }

    /** When it goes at the latest; under auto it may wait for the transport for ever. */
    private long latest(long now) {
        if (settings.policy() != Policy.AUTO) {
            return now + lingerNanos();
        }
        return gathering(now) ? gatherUntil : BatchItem.NEVER;
    }

    private boolean gathering(long now) {
        gathers = gathers && gatherUntil - now > 0;
        return gathers;
    }

    private void shorten(T item, long by) {
        if (item.flushBy == BatchItem.NEVER || by - item.flushBy < 0) {
            item.flushBy = by;
            item.why = FlushReason.LINGER;
        }
    }

    private void consider(T item) {
        if (item.flushBy != BatchItem.NEVER
                && (flushAt == BatchItem.NEVER || item.flushBy - flushAt < 0)) {
            flushAt = item.flushBy;
            due = item.why;
        }
    }

    private void recompute() {
        flushAt = BatchItem.NEVER;
        queue.forEach(this::consider);
    }

    private boolean full() {
        return queue.size() >= settings.maxItems() || bytes >= settings.maxBytes();
    }

    private boolean isDue(long now) {
        return flushAt != BatchItem.NEVER && flushAt - now <= 0;
    }

    /** Why a batch is to be cut now; null when it is to wait. */
    private @Nullable FlushReason reason(long now, boolean endOfTurn) {
        if (queue.size() >= settings.maxItems()) {
            return FlushReason.SIZE;
        }
        if (bytes >= settings.maxBytes()) {
            return FlushReason.BYTES;
        }
        if (!endOfTurn) {
            return null;
        }
        if (draining || settings.policy() == Policy.OFF) {
            return FlushReason.DRAIN;
        }
        if (isDue(now)) {
            return due;
        }
        return settings.policy() == Policy.AUTO && !gathering(now) ? FlushReason.IDLE : null;
    }

    private void cut(long now, boolean endOfTurn) {
        while (!queue.isEmpty()) {
            int room = outlet.room();
            var reason = room > 0 ? reason(now, endOfTurn) : null;
            if (reason == null) {
                return;
            }
            outlet.send(take(Math.min(room, settings.maxItems())), reason);
            gather(now);
        }
    }

    /** What comes next gathers for as long as the transport says; not what waits already. */
    private void gather(long now) {
        boolean may = queue.isEmpty() && settings.policy() == Policy.AUTO;
        long spacing = may ? outlet.spacingNanos() : 0;
        gathers = spacing > 0;
        gatherUntil = now + spacing;
    }

    private List<T> take(int most) {
        var batch = new ArrayList<T>(Math.min(most, queue.size()));
        long size = 0;
        while (batch.size() < most && !queue.isEmpty()) {
            var next = queue.peek();
            if (!batch.isEmpty() && size + next.bytes() > settings.maxBytes()) {
                break;
            }
            queue.remove();
            size += next.bytes();
            batch.add(next);
        }
        bytes -= size;
        recompute();
        return batch;
    }

    /** Sees to it that what waits is cut in time. */
    private void review(long now) {
        if (queue.isEmpty() || soon) {
            return;
        }
        if (reason(now, true) != null) {
            if (outlet.room() > 0) {
                soon = true;
                schedule.soon(this::endOfTurn);
            }
        } else if (flushAt != BatchItem.NEVER) {
            arm(now);
        }
    }

    private void endOfTurn() {
        soon = false;
        long now = ticker.nanos();
        cut(now, true);
        review(now);
    }

    /** One timer at a time: one that is too early costs less than a new one for each batch. */
    private void arm(long now) {
        if (timer != null && timerAt - flushAt <= 0) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerAt = flushAt;
        timer = schedule.after(Math.max(0, flushAt - now), this::time);
    }

    private void time() {
        timer = null;
        long now = ticker.nanos();
        cut(now, true);
        review(now);
    }
}
