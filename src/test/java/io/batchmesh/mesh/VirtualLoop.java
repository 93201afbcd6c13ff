package io.batchmesh.mesh;

import io.batchmesh.time.Ticker;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An event loop whose time passes only when it is told to. */
final class VirtualLoop {
    private final MockTicker clock = io.netty.util.concurrent.Ticker.newMockTicker();
    private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(clock).build();

    EventLoop loop() {
        return channel.eventLoop();
    }

    Ticker ticker() {
        return clock::nanoTime;
    }

    double millis() {
        return clock.nanoTime() / 1e6;
    }

    /** Lets time pass, from one task that is due to the next. */
    void advance(Duration time) {
        long end = clock.nanoTime() + time.toNanos();
        while (true) {
            channel.runPendingTasks();
            long wait = channel.runScheduledPendingTasks();
            long left = end - clock.nanoTime();
            if (wait < 0 || wait > left) {
                clock.advance(left, TimeUnit.NANOSECONDS);
                return;
            }
            clock.advance(Math.max(1, wait), TimeUnit.NANOSECONDS);
        }
    }
}
