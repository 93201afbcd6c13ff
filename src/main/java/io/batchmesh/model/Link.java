package io.batchmesh.model;

import io.batchmesh.policy.BatchWindow;
import org.jspecify.annotations.Nullable;

/**
 * One service calls another.
 *
 * @param id who calls whom
 * @param batch the batch window, or null where nothing is said ({@link BatchWindow#DEFAULT} holds)
 * @param traffic the parts of the called service's policy that this link overrides
 * @param simulation what the local mesh sends over it, or null where nothing is said
 */
public record Link(
        LinkId id,
        @Nullable BatchWindow batch,
        Traffic traffic,
        @Nullable LinkSimulation simulation) {
    /** The batch window that holds. */
    public BatchWindow window() {
        return batch == null ? BatchWindow.DEFAULT : batch;
    }

    /** What the local mesh sends over it, also where the file does not say. */
    public LinkSimulation simulated() {
        return simulation == null ? LinkSimulation.DEFAULT : simulation;
    }

    public Link withBatch(@Nullable BatchWindow batch) {
        return new Link(id, batch, traffic, simulation);
    }

    public Link withTraffic(Traffic traffic) {
        return new Link(id, batch, traffic, simulation);
    }
}
