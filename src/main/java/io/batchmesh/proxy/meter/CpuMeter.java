package io.batchmesh.proxy.meter;

import io.batchmesh.admin.ActivityMeter;
import io.batchmesh.time.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one sidecar spends CPU time on. Safe for use by several threads. */
public final class CpuMeter implements ActivityMeter {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AtomicLong monitor = new AtomicLong();
    private final AtomicLong manage = new AtomicLong();
    private final Ticker ticker;
    private final CpuLedger ledger;
    private volatile CpuLedger.@Nullable Account account;
    private volatile LongSupplier told = () -> 0;

    public CpuMeter(Ticker ticker, CpuLedger ledger) {
        this.ticker = ticker;
        this.ledger = ledger;
    }

    /** The sidecar lives on a loop now. */
    public void account(CpuLedger.Account opened) {
        account = opened;
    }

    /** What the proxy spends is said by somebody else, in nanoseconds: it is simulated. */
    public void told(LongSupplier nanos) {
        told = nanos;
    }

    /** The sidecar has stopped. */
    public void close() {
        var open = account;
        account = null;
        if (open != null) {
            ledger.close(open);
        }
    }

    /**
     * Runs a task and charges it. On a virtual thread, which has no CPU clock, the time that passed
     * is charged: the most that it can have been.
     */
    @Override
    public void run(Activity activity, Runnable task) {
        long begun = now();
        try {
            task.run();
        } finally {
            var spent = activity == Activity.MONITOR ? monitor : manage;
            spent.addAndGet(Math.max(0, now() - begun));
        }
    }

    private long now() {
        boolean clock =
                !Thread.currentThread().isVirtual() && threads.isCurrentThreadCpuTimeSupported();
        return clock ? threads.getCurrentThreadCpuTime() : ticker.nanos();
    }

    /** Seconds spent on carrying requests. */
    double proxySeconds() {
        var open = account;
        return open == null ? told.getAsLong() / 1e9 : ledger.seconds(open);
    }

    double monitorSeconds() {
        return monitor.get() / 1e9;
    }

    double manageSeconds() {
        return manage.get() / 1e9;
    }
}
