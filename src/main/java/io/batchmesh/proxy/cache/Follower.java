package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.FullHttpResponse;

/** Waits for the answer that somebody else is getting. */
public interface Follower {
    /** What it asks. */
    Question question();

    /** Here is the answer, to be sent and released. */
    void shared(FullHttpResponse reply);

    /** It cannot be shared: ask for yourself. */
    void alone();

    /** Whoever was asking is gone: ask in its stead. */
    void lead(Flight flight);

    /** Whether it still waits. */
    boolean waiting();
}
