package io.batchmesh.plan;

import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to one document.
 *
 * @param id the document
 * @param kind what would happen
 * @param running what runs, null where nothing does or nothing is known
 * @param desired what is desired, null when it would be removed
 * @param fields the fields that differ; empty unless both sides are known
 * @param problem why it cannot be told or done, empty where it can
 */
public record DocumentChange(
        DocumentId id,
        Kind kind,
        @Nullable Document running,
        @Nullable Document desired,
        List<FieldChange> fields,
        String problem) {
    /** What may happen to a document. */
    public enum Kind {
        /** Nothing runs there yet. */
        ADD,
        /** Some fields differ. */
        CHANGE,
        /** Runs and is not desired any more. */
        REMOVE,
        /** What runs is not known, so neither is the difference. */
        UNKNOWN
    }

    public DocumentChange {
        fields = List.copyOf(fields);
    }

    /** Whether a push can carry it out. */
    public boolean isDoable() {
        return kind == Kind.ADD || kind == Kind.CHANGE;
    }
}
