package io.batchmesh.observe;

import io.batchmesh.metrics.ProxyState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one target at the moment of a snapshot.
 *
 * @param target which
 * @param state whether it answers
 * @param lastSeen when it last answered, {@code null} if never
 * @param reason why it is not live, {@code null} when it is
 * @param rates of its last readings, kept when it is not live
 */
record TargetView(
        ScrapeTarget target,
        ProxyState state,
        @Nullable Instant lastSeen,
        @Nullable String reason,
        TargetRates rates) {
    boolean live() {
        return state == ProxyState.LIVE;
    }
}
