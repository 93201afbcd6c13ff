package io.batchmesh.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the local mesh sends over a link, and over what wire. Never pushed.
 *
 * @param rate requests per second that the calling service makes of its own accord; null where it
 *     makes them only while it serves a request itself
 * @param calls calls over this link for each request that the calling service serves, when {@code
 *     rate} is null; may be a fraction
 * @param delay one-way delay of the wire
 * @param bandwidth bits per second of the wire, or null for unbounded
 * @param request what the requests look like
 */
public record LinkSimulation(
        @Nullable Double rate,
        double calls,
        Duration delay,
        @Nullable Long bandwidth,
        RequestShape request) {
    /** One call for each request, over a perfect wire. */
    public static final LinkSimulation DEFAULT =
            new LinkSimulation(null, 1, Duration.ZERO, null, RequestShape.DEFAULT);

    /**
     * What simulated requests look like.
     *
     * @param method GET or POST, …
     * @param path the path; {@code {n}} in it is replaced by a number below {@code distinct}
     * @param bytes size of the body; 0 for none
     * @param distinct how many different requests there are, at least 1
     * @param identities how many different callers (bearer tokens) there are; 0 for none
     * @param burst how many requests arrive at the same moment, at least 1
     */
    public record RequestShape(
            String method, String path, long bytes, int distinct, int identities, int burst) {
        /** A small GET. */
        public static final RequestShape DEFAULT =
                new RequestShape("GET", "/items/{n}", 0, 1000, 0, 1);
    }
}
