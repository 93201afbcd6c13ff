package io.batchmesh.alert;

import java.time.Instant;

/**
 * A rule began or ceased to call.
 *
 * @param at when
 * @param kind what happened
 * @param alert how it stood then
 */
public record AlertEvent(Instant at, Kind kind, Alert alert) {
    /** What can happen. */
    public enum Kind {
        /** It fires. */
        FIRING,
        /** It does not hold any more. */
        RESOLVED,
        /** It fired, and now nothing is known of the thing. */
        SILENT,
        /** It fired, and the rule was changed, switched off or removed. */
        DROPPED
    }

    /** Whether it calls from then on. */
    boolean calls() {
        return kind == Kind.FIRING || kind == Kind.SILENT;
    }
}
