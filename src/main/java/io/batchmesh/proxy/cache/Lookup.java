package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/** What the cache says to a request. */
public sealed interface Lookup {
    /**
     * Here is an answer.
     *
     * @param reply to be sent and released
     * @param stale whether it is stale
     * @param renew what this request is to renew without anybody waiting for it, or null
     */
    record Hit(FullHttpResponse reply, boolean stale, @Nullable Renewal renew) implements Lookup {}

    /** Somebody asks the same already: the follower will hear. */
    record Follow() implements Lookup {}

    /**
     * It must be asked for.
     *
     * @param why the reason
     * @param flight what others wait for as well, or null when it is asked for this request alone
     * @param kept what is to be asked about, or given when asking fails; null when there is nothing
     */
    record Ask(Forward why, @Nullable Flight flight, @Nullable StoredReply kept)
            implements Lookup {}

    /** The request wants what is kept or nothing (RFC 9111, section 5.2.1.7). */
    record Unavailable() implements Lookup {}

    /** What is to be renewed, for those who come meanwhile too. */
    record Renewal(Flight flight, StoredReply kept) {}
}
