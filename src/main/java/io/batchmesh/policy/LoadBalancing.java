package io.batchmesh.policy;

import io.batchmesh.json.Choice;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is chosen among those of a subset.
 *
 * @param policy the algorithm
 * @param hashHeader the header that {@link Policy#CONSISTENT_HASH} hashes, else null
 */
public record LoadBalancing(Policy policy, @Nullable String hashHeader) {
    /** What holds where nothing is said. */
    public static final LoadBalancing DEFAULT = new LoadBalancing(Policy.LEAST_REQUEST, null);

    /** The algorithms. */
    public enum Policy {
        ROUND_ROBIN("roundRobin"),
        LEAST_REQUEST("leastRequest"),
        RANDOM("random"),
        EWMA("ewma"),
        CONSISTENT_HASH("consistentHash");

        /** The constants by the names they have in files. */
        public static final Choice<Policy> CHOICE = Choice.of(Policy.class, Policy::label);

        private final String label;

        Policy(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
