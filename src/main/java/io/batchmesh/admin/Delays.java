package io.batchmesh.admin;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does things later; a test turns its time by hand. */
@FunctionalInterface
public interface Delays {
    /**
     * Runs a short task after a while, on a thread of its own choice.
     *
     * @return takes the task back, unless it has begun
     */
    Runnable after(Duration delay, Runnable task);

    /** Delays by real time on an executor, which an event loop group is too. */
    static Delays on(ScheduledExecutorService executor) {
        return (delay, task) -> {
            var future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
    }
}
