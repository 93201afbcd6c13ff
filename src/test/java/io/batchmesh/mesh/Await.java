package io.batchmesh.mesh;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that a real server does. */
final class Await {
    private Await() {}

    /** Looks again and again until the condition holds; fails when it does not in time. */
    static void until(String what, Duration within, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        var never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + within + ": " + what);
            }
            if (never.await(5, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException();
            }
        }
    }
}
