package io.batchmesh.proxy.loop;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** The schedule of an event loop; what it runs counts as busy. */
final class LoopSchedule implements Schedule {
    private final EventLoop loop;
    private final BusyMeter meter;

    LoopSchedule(EventLoop loop, BusyMeter meter) {
        this.loop = loop;
        this.meter = meter;
    }

    @Override
    public void soon(Runnable task) {
        loop.execute(() -> run(task));
    }

    @Override
    public Handle after(long nanos, Runnable task) {
        var future = loop.schedule(() -> run(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private void run(Runnable task) {
        meter.enter();
        try {
            task.run();
        } finally {
            meter.exit();
        }
    }
}
