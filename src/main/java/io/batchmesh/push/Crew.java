package io.batchmesh.push;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Does the same to many things at a time, but not to too many. Each task must end by itself: those
 * here are calls with a deadline.
 */
final class Crew {
    private final ExecutorService io;
    private final Semaphore permits;

    /**
     * @param io a virtual thread for each task
     * @param inFlight how many tasks may run at a time
     */
    Crew(ExecutorService io, int inFlight) {
        this.io = io;
        this.permits = new Semaphore(inFlight);
    }

    /**
     * Does {@code task} to all items and waits until all are done, also when this thread is
     * interrupted meanwhile: then items that were not begun are left out, and the thread stays
     * interrupted.
     *
     * @return the items that were left out
     */
    <T> List<T> each(List<T> items, Consumer<T> task) {
        var done = new CountDownLatch(items.size());
        var left = new ArrayList<T>();
        for (var item : items) {
            if (begin()) {
                io.execute(() -> run(item, task, done));
            } else {
                left.add(item);
                done.countDown();
            }
        }
        awaitAll(done);
        return left;
    }

    private boolean begin() {
        try {
            permits.acquire();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> void run(T item, Consumer<T> task, CountDownLatch done) {
        try {
            task.accept(item);
        } finally {
            permits.release();
            done.countDown();
        }
    }

    private static void awaitAll(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
