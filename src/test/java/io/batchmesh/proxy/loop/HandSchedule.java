package io.batchmesh.proxy.loop;

import io.batchmesh.time.Ticker;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/** A schedule and its clock, turned by hand: nothing happens but in {@link #advance}. */
public final class HandSchedule implements Schedule, Ticker {
    private record Timed(long at, long order, Runnable task, boolean[] cancelled)
            implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
    private final PriorityQueue<Timed> timers = new PriorityQueue<>();
    private long now = 1_000_000_000L;
    private long orders;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void soon(Runnable task) {
        soon.add(task);
    }

    @Override
    public Handle after(long nanos, Runnable task) {
        var timed = new Timed(now + Math.max(0, nanos), orders++, task, new boolean[1]);
        timers.add(timed);
        return () -> timed.cancelled()[0] = true;
    }

    /** Ends the turn of the loop: what was to happen soon happens. */
    public void turn() {
        while (!soon.isEmpty()) {
            soon.remove().run();
        }
    }

    /** Lets so much time pass, with everything that falls due in it. */
    public void advance(long nanos) {
        long until = now + nanos;
        turn();
        while (!timers.isEmpty() && timers.peek().at() <= until) {
            var next = timers.remove();
            now = Math.max(now, next.at());
            if (!next.cancelled()[0]) {
                next.task().run();
            }
            turn();
        }
        now = until;
    }

    /** Timers that wait and were not cancelled. */
    public long pending() {
        return timers.stream().filter(t -> !t.cancelled()[0]).count();
    }
}
