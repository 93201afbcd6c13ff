package io.batchmesh.proxy.loop;

/** Runs things later on one thread; a test turns it by hand. */
public interface Schedule {
    /** Something that is going to run. */
    interface Handle {
        /** Keeps it from running, if it has not yet. */
        void cancel();
    }

    /** Runs a task after what the thread has at hand, before it waits for anything. */
    void soon(Runnable task);

    /** Runs a task after so many nanoseconds, 0 or more. */
    Handle after(long nanos, Runnable task);
}
