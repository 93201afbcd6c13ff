package io.batchmesh.mesh;

import java.util.ArrayDeque;

/**
 * How many calls a stand-in serves at a time. The others wait in the order in which they came; when
 * as many wait as may, further ones are refused. Confined to its event loop.
 */
final class ServiceQueue {
    /** Calls that may wait. */
    static final int MOST_WAITING = 1024;

    private final int concurrency;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int active;

    /**
     * @param concurrency calls served at a time; 0 for no bound
     */
    ServiceQueue(int concurrency) {
        this.concurrency = concurrency;
    }

    /**
     * Begins a call now or when it is its turn; whoever began must {@link #done end} it.
     *
     * @return false when it was refused
     */
    boolean begin(Runnable call) {
        if (concurrency == 0 || active < concurrency) {
            active++;
            call.run();
            return true;
        }
        return waiting.size() < MOST_WAITING && waiting.add(call);
    }

    /** A call has ended; the next one begins. */
    void done() {
        active--;
        var next = waiting.poll();
        if (next != null) {
            active++;
            next.run();
        }
    }
}
