package io.batchmesh.proxy.cache;

/** What the cache says to a request. */
public sealed interface Lookup {
    /**
     * Here is an answer; when it is stale, {@code refresh} is true for the one who is to renew it.
     */
    record Hit(CachedReply reply, boolean stale, boolean refresh) implements Lookup {}

    /** Somebody asks the same already: the follower will hear. */
    record Follow() implements Lookup {}

    /** Nothing is known: ask, and say what came of it. */
    record Lead(Flight flight) implements Lookup {}

    /** Ask for yourself alone. */
    record Alone() implements Lookup {}
}
