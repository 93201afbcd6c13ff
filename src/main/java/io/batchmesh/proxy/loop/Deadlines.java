package io.batchmesh.proxy.loop;

import io.batchmesh.time.Ticker;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * Many deadlines with few timers: those of the same length expire in the order in which they were
 * armed, so each length is a list with one timer for its first. Arming and calling off cost a few
 * instructions. Confined to one thread.
 */
public final class Deadlines {
    /** Lengths with a list of their own; deadlines of further lengths get a timer each. */
    private static final int MAX_LINES = 256;

    private final Schedule schedule;
    private final Ticker ticker;
    private final LongObjectMap<Line> lines = new LongObjectHashMap<>();

    public Deadlines(Schedule schedule, Ticker ticker) {
        this.schedule = schedule;
        this.ticker = ticker;
    }

    /** The deadlines of one length. */
    static final class Line {
        private @Nullable Deadline first;
        private @Nullable Deadline last;
        private boolean timed;

        private void add(Deadline deadline) {
            deadline.line = this;
            deadline.before = last;
            deadline.after = null;
            if (last == null) {
                first = deadline;
            } else {
                last.after = deadline;
            }
            last = deadline;
        }

        private void remove(Deadline deadline) {
            if (deadline.before == null) {
                first = deadline.after;
            } else {
                deadline.before.after = deadline.after;
            }
            if (deadline.after == null) {
                last = deadline.before;
            } else {
                deadline.after.before = deadline.before;
            }
            deadline.line = null;
            deadline.before = null;
            deadline.after = null;
        }
    }

    /**
     * Arms a deadline that is not armed.
     *
     * @param now the clock's reading
     * @param nanos how long from now
     */
    public void arm(Deadline deadline, long now, long nanos) {
        deadline.atNanos = now + nanos;
        var line = lines.get(nanos);
        if (line == null && lines.size() >= MAX_LINES) {
            deadline.alone = schedule.after(nanos, () -> alone(deadline));
            return;
        }
        if (line == null) {
            line = new Line();
            lines.put(nanos, line);
        }
        line.add(deadline);
        if (!line.timed) {
            time(line, nanos);
        }
    }

    /** Calls a deadline off; nothing happens when it is not armed. */
    public void disarm(Deadline deadline) {
        if (deadline.line != null) {
            deadline.line.remove(deadline);
        } else if (deadline.alone != null) {
            deadline.alone.cancel();
            deadline.alone = null;
        }
    }

    private static void alone(Deadline deadline) {
        deadline.alone = null;
        deadline.expired();
    }

    private void time(Line line, long nanos) {
        line.timed = true;
        schedule.after(nanos, () -> run(line));
    }

    private void run(Line line) {
        long now = ticker.nanos();
        try {
            for (var due = line.first; due != null && due.atNanos - now <= 0; due = line.first) {
                line.remove(due);
                due.expired();
            }
        } finally {
            // Only now: what expires may arm another of the same length, whose time must not
            // become that of those that were armed before it.
            line.timed = false;
            if (line.first != null) {
                time(line, Math.max(0, line.first.atNanos - now));
            }
        }
    }
}
