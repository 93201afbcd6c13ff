package io.batchmesh.ui.plan;

import java.util.Locale;

/**
 * How a push stands at one proxy.
 *
 * @param proxy its name
 * @param state how it stands
 * @param version what the proxy says it runs, or empty where that is not known
 * @param reason why it stands so, or empty; of a rejection with the JSON pointers of its faults
 */
public record ProxyRow(String proxy, State state, String version, String reason) {
    /** How a push may stand at a proxy. */
    public enum State {
        /** It was not asked yet, or has not answered. */
        PENDING,
        /** It runs what was pushed, and says so. */
        ACKED,
        /** It ran that already. */
        UNCHANGED,
        /** It finds the config invalid; what ran before goes on. */
        REJECTED,
        /** It runs somebody's newer change. */
        CONFLICT,
        /** It does not answer. */
        UNREACHABLE,
        /** What it runs is not known. */
        UNKNOWN;

        /** The name in JSON and on the screen: {@code acked}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
