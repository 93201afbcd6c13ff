package io.batchmesh.edit;

import io.batchmesh.model.Topology;

/**
 * A step that was taken in a history.
 *
 * @param kind which way
 * @param label the label of the edit that was done, undone or redone
 * @param before the topology before
 * @param after the topology now
 * @param revision the revision now
 */
public record Change(Kind kind, String label, Topology before, Topology after, long revision) {
    /** The ways. */
    public enum Kind {
        DO,
        UNDO,
        REDO
    }
}
