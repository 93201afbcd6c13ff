package io.batchmesh.push;

import io.batchmesh.model.ProxyId;
import java.time.Instant;
import java.util.List;

/**
 * Something that changed what proxies run.
 *
 * @param at when the first of the proxies took it
 * @param kind what it was
 * @param push the push's name, empty where the proxies were told none
 * @param who says to have done it, with whom the certificate was for; empty where nobody says
 * @param proxies that took it, or were to
 * @param words what came of it
 */
public record Change(
        Instant at, Kind kind, String push, String who, List<ProxyId> proxies, String words) {
    public Change {
        proxies = List.copyOf(proxies);
    }

    /** What changes configs. */
    public enum Kind {
        /** A push of this user from this machine. */
        PUSH,
        /** Somebody else's, or one that left no name. */
        FOREIGN,
        /** A proxy went back by itself, since a push was not confirmed in time. */
        REVERTED,
        /** What a proxy began with. */
        START
    }
}
