package io.batchmesh.ui;

import io.batchmesh.document.DocumentId;
import io.batchmesh.plan.Plan;
import io.batchmesh.plan.RunningDocument;
import java.util.Map;

/**
 * What the proxies run, and how the drawing differs from it.
 *
 * @param running what was found for each proxy
 * @param plan the difference, empty while nothing is known
 * @param revision the revision of the drawing that the plan was made for
 */
public record Deployment(Map<DocumentId, RunningDocument> running, Plan plan, long revision) {
    /** Nothing is known. */
    public static final Deployment UNKNOWN = new Deployment(Map.of(), Plan.EMPTY, -1);

    public Deployment {
        running = Map.copyOf(running);
    }

    /** Whether anything is known of what runs. */
    public boolean isKnown() {
        return !running.isEmpty();
    }
}
