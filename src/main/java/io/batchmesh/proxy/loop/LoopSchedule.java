package io.batchmesh.proxy.loop;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** The schedule of an event loop. */
public final class LoopSchedule implements Schedule {
    private final EventLoop loop;

    public LoopSchedule(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void soon(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Handle after(long nanos, Runnable task) {
        var future = loop.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
