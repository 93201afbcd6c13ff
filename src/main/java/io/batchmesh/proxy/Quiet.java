package io.batchmesh.proxy;

import io.batchmesh.proxy.loop.Lane;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting until nothing is at hand on a lane any more. */
final class Quiet {
    private static final long LOOK_MILLIS = 5;

    private Quiet() {}

    /**
     * Waits; not on the lane's own loop. An interrupt ends the wait, and the thread stays
     * interrupted.
     *
     * @param holds whether it is quiet, asked on the loop
     * @return whether it was quiet in time
     */
    static boolean await(Lane lane, BooleanSupplier holds, Duration bound) {
        var quiet = new CountDownLatch(1);
        Runnable look =
                () -> {
                    if (holds.getAsBoolean()) {
                        quiet.countDown();
                    }
                };
        var check = lane.loop().scheduleAtFixedRate(look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return quiet.await(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            check.cancel(false);
        }
    }
}
