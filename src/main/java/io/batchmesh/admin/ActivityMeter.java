package io.batchmesh.admin;

/** Runs the handling of calls, so that its CPU time can be charged to what it was for. */
@FunctionalInterface
public interface ActivityMeter {
    /** Charges nobody. */
    ActivityMeter NONE = (activity, task) -> task.run();

    /** What a call is for. */
    enum Activity {
        /** Watching the proxy: status and metrics. */
        MONITOR,
        /** Changing the proxy: configs and their history. */
        MANAGE
    }

    /** Runs the task on this thread, once. */
    void run(Activity activity, Runnable task);
}
