package io.batchmesh.observe;

import io.batchmesh.model.LinkId;
import java.time.Duration;

/** Where a drawing and the traffic that is seen do not agree. */
public sealed interface Disagreement {
    /** The link that it is about. */
    LinkId link();

    /**
     * Traffic that the drawing does not know.
     *
     * @param requestsPerSecond above 0
     * @param errorShare 0 to 1
     * @param callerDrawn whether the calling service is drawn
     * @param calleeDrawn whether the called service is drawn
     */
    record UnknownTraffic(
            LinkId link,
            double requestsPerSecond,
            double errorShare,
            boolean callerDrawn,
            boolean calleeDrawn)
            implements Disagreement {}

    /**
     * A drawn link that carries nothing, although those who would tell answer.
     *
     * @param since for how long at least
     */
    record SilentLink(LinkId link, Duration since) implements Disagreement {}
}
