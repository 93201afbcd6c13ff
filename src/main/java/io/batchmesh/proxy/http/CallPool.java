package io.batchmesh.proxy.http;

import io.batchmesh.proxy.loop.Lane;

/**
 * Connections to one upstream that carry calls. Bounded in connections and in calls that wait for
 * one. Confined to one event loop.
 */
public interface CallPool {
    /** A pool whose connections live on the lane. */
    static CallPool of(Lane lane, Dial dial) {
        return dial.protocol().multiplexed()
                ? new MultiplexPool(lane, dial)
                : new ConnectionPool(lane, dial);
    }

    /** Sets the bounds; calls that wait already are not turned away. */
    void limits(int connections, int waitingCalls);

    /** Connections that are open or being opened. */
    int connections();

    /** Calls that wait for a connection. */
    int waiting();

    /** Gives the call a connection, now or later, or fails it. */
    void submit(Call call);

    /** Takes a call back that waits for a connection; it hears nothing more. */
    void withdraw(Call call);

    /** Closes connections that were idle for too long. */
    void sweep();

    /** Has calls that come from now on use connections that are opened from now on. */
    void renew();

    /** Keeps no connection that is idle; calls at hand go on, and others may still come. */
    void finish();

    /** Closes all connections; calls at hand fail. */
    void abort();
}
