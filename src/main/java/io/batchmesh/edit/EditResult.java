package io.batchmesh.edit;

import io.batchmesh.model.Topology;

/** What came of an edit. */
public sealed interface EditResult {
    /** It is done. */
    record Done(Topology topology) implements EditResult {}

    /** It changes nothing, so there is no step to undo. */
    record Unchanged() implements EditResult {}

    /** It cannot be done; nothing was changed. */
    record Refused(EditCommand.Refusal refusal) implements EditResult {}
}
