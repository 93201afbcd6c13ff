package io.batchmesh.proxy.cache;

/** Waits for the answer that somebody else is getting. */
public interface Follower {
    /** Here it is. */
    void shared(CachedReply reply);

    /** It cannot be shared: ask for yourself. */
    void alone();

    /** Whoever was asking is gone: ask in its stead. */
    void lead(Flight flight);

    /** Whether it still waits. */
    boolean waiting();
}
