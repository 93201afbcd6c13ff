package io.batchmesh.proxy.batch;

import io.batchmesh.policy.BatchWindow.Policy;
import java.util.ArrayList;
import java.util.List;

/** What a batch queue does, written down as simply as can be: everything is looked at each time. */
public class BatcherModel {
    static final int MOST_WAITING = 6;
    static final int MOST_BYTES = 20;
    static final int BYTES_A_BATCH = 8;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MILLI = 1_000_000;

    private static final class Waiting {
        final int id;
        final int bytes;
        final long since;
        long flushBy;
        boolean byDeadline;

        Waiting(int id, int bytes, long since) {
            this.id = id;
            this.bytes = bytes;
            this.since = since;
        }
    }

    private final List<Waiting> queue = new ArrayList<>();
    private final StringBuilder sent = new StringBuilder();
    private Policy policy = Policy.FIXED;
    private long linger = 2 * MILLI;
    private int maxItems = 3;
    private int room = 2;
    private boolean draining;
    private long now;

    public String add(int id, int bytes, int deadlineMillis) {
        if (queue.size() >= MOST_WAITING) {
            return "TOO_MANY";
        }
        if (!queue.isEmpty() && total() + bytes > MOST_BYTES) {
            return "TOO_MUCH";
        }
        var item = new Waiting(id, bytes, now);
        item.flushBy = policy == Policy.AUTO ? NEVER : now + (policy == Policy.OFF ? 0 : linger);
        if (deadlineMillis > 0 && item.flushBy != NEVER) {
            // Half of what is left, as long as the upstream is not known.
            long latest = now + deadlineMillis * MILLI / 2;
            if (latest < item.flushBy) {
                item.flushBy = latest;
                item.byDeadline = true;
            }
        }
        queue.add(item);
        return said();
    }

    public String cancel(int id) {
        boolean was = false;
        for (int i = 0; i < queue.size() && !was; i++) {
            was = queue.get(i).id == id;
            if (was) {
                queue.remove(i);
            }
        }
        return was + " " + queue.size();
    }

    public String pass(int millis) {
        long end = now + millis * MILLI;
        while (true) {
            long next = NEVER;
            for (var item : queue) {
                next = item.flushBy > now ? Math.min(next, item.flushBy) : next;
            }
            if (next > end) {
                now = end;
                return said();
            }
            now = next;
            cut();
        }
    }

    public String free(int items) {
        room += items;
        return said();
    }

    public String resize(Policy to, int lingerMillis, int items) {
        boolean same = to == policy && lingerMillis * MILLI == linger && items == maxItems;
        if (same) {
            return said();
        }
        boolean wasAuto = policy == Policy.AUTO;
        policy = to;
        linger = lingerMillis * MILLI;
        maxItems = items;
        if (to != Policy.AUTO) {
            for (var item : queue) {
                long by = wasAuto ? now : item.since + (to == Policy.OFF ? 0 : linger);
                if (by < item.flushBy) {
                    item.flushBy = by;
                    item.byDeadline = false;
                }
            }
        }
        return said();
    }

    public String close() {
        draining = true;
        return said();
    }

    public String giveUp() {
        var all = new StringBuilder();
        queue.forEach(item -> all.append(item.id).append(' '));
        queue.clear();
        return all.toString();
    }

    private int total() {
        return queue.stream().mapToInt(w -> w.bytes).sum();
    }

    private String reason() {
        if (queue.size() >= maxItems) {
            return "SIZE";
        }
        if (total() >= BYTES_A_BATCH) {
            return "BYTES";
        }
        if (draining || policy == Policy.OFF) {
            return "DRAIN";
        }
        Waiting first = queue.getFirst();
        for (var item : queue) {
            first = item.flushBy < first.flushBy ? item : first;
        }
        if (first.flushBy <= now) {
            return first.byDeadline ? "DEADLINE" : "LINGER";
        }
        return policy == Policy.AUTO ? "IDLE" : "";
    }

    private void cut() {
        while (!queue.isEmpty() && room > 0 && !reason().isEmpty()) {
            sent.append(reason());
            int items = Math.min(room, maxItems);
            int size = 0;
            int taken = 0;
            while (taken < items && !queue.isEmpty()) {
                int more = queue.getFirst().bytes;
                if (taken > 0 && size + more > BYTES_A_BATCH) {
                    break;
                }
                sent.append(' ').append(queue.removeFirst().id);
                size += more;
                taken++;
            }
            sent.append("; ");
            room -= taken;
        }
    }

    private String said() {
        cut();
        var text = sent.toString() + queue.size();
        sent.setLength(0);
        return text;
    }
}
