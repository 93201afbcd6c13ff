package io.batchmesh.push;

import java.util.List;

/**
 * How far a push is. Immutable; each state of a push is one of these.
 *
 * @param id the push
 * @param dryRun whether proxies are only asked
 * @param proxies all proxies of the plan, in the order in which they are served
 * @param wave the wave that is being served, from 1; 0 before the first
 * @param waves how many there are
 * @param phase whether it goes on
 */
public record PushProgress(
        PushId id, boolean dryRun, List<ProxyPush> proxies, int wave, int waves, Phase phase) {
    public PushProgress {
        proxies = List.copyOf(proxies);
    }

    /** Whether a push goes on. */
    public enum Phase {
        RUNNING,
        /** All waves were served. */
        DONE,
        /** A proxy failed, so that those after its wave were left alone. */
        STOPPED,
        /** Somebody stopped it. */
        CANCELLED
    }

    /** Whether every proxy is known to run what it should. */
    public boolean isComplete() {
        return proxies.stream().allMatch(p -> p.state().isDone());
    }

    /** How many proxies are in a state. */
    public int count(ProxyPush.State state) {
        return (int) proxies.stream().filter(p -> p.state() == state).count();
    }
}
