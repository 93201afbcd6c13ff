package io.batchmesh.proxy.meter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Splits the CPU time of event loop threads among the sidecars that live on them, by how long each
 * kept its loop busy. What else runs on a loop is not known here, so nobody is charged for more
 * than half as much again as it was busy; the rest belongs to others. Safe for use by several
 * threads.
 */
public final class CpuLedger {
    /** System calls and the loop's own work come on top of what is timed. */
    private static final double MOST_PER_BUSY = 1.5;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, LoopShare> loops = new HashMap<>();

    /** One event loop thread and who lives on it. */
    private static final class LoopShare {
        private final List<Account> accounts = new ArrayList<>();
        private long cpuNanos;
    }

    /** What one sidecar is charged with. */
    public static final class Account {
        private final LongSupplier busy;
        private long busySeen;
        private double chargedNanos;

        private Account(LongSupplier busy) {
            this.busy = busy;
            this.busySeen = busy.getAsLong();
        }
    }

    /**
     * Opens an account.
     *
     * @param threadId the thread of its event loop
     * @param busyNanos how long it kept the loop busy so far, read from any thread
     */
    public Account open(long threadId, LongSupplier busyNanos) {
        lock.lock();
        try {
            settle();
            var loop = loops.computeIfAbsent(threadId, id -> new LoopShare());
            if (loop.accounts.isEmpty()) {
                loop.cpuNanos = cpu(threadId);
            }
            var account = new Account(busyNanos);
            loop.accounts.add(account);
            return account;
        } finally {
            lock.unlock();
        }
    }

    /** Closes an account. */
    public void close(Account account) {
        lock.lock();
        try {
            settle();
            loops.values().forEach(loop -> loop.accounts.remove(account));
            loops.values().removeIf(loop -> loop.accounts.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Seconds of CPU time that an account has been charged with up to now. */
    public double seconds(Account account) {
        lock.lock();
        try {
            settle();
            return account.chargedNanos / 1e9;
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        loops.forEach(this::settle);
    }

    private void settle(long threadId, LoopShare loop) {
        long cpu = cpu(threadId);
        long spent = Math.max(0, cpu - loop.cpuNanos);
        loop.cpuNanos = cpu;
        double all = 0;
        var busy = new long[loop.accounts.size()];
        for (int i = 0; i < busy.length; i++) {
            var account = loop.accounts.get(i);
            long now = account.busy.getAsLong();
            busy[i] = now - account.busySeen;
            account.busySeen = now;
            all += busy[i];
        }
        for (int i = 0; i < busy.length && all > 0; i++) {
            double share = spent * (busy[i] / all);
            loop.accounts.get(i).chargedNanos += Math.min(share, busy[i] * MOST_PER_BUSY);
        }
    }

    private long cpu(long threadId) {
        return threads.isThreadCpuTimeSupported()
                ? Math.max(0, threads.getThreadCpuTime(threadId))
                : 0;
    }
}
