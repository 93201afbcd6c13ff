package io.batchmesh.plan;

import io.batchmesh.document.Document;

/** What was found where a document should run. */
public sealed interface RunningDocument {
    /** This runs. */
    record Present(Document document) implements RunningDocument {}

    /** The proxy answers, and runs nothing yet. */
    record Absent() implements RunningDocument {}

    /** The proxy does not answer. */
    record Unreachable(String reason) implements RunningDocument {}

    /** The proxy answers something that is no such document. */
    record Unreadable(String reason) implements RunningDocument {}

    /** The target has no proxy for this document. */
    record NoProxy() implements RunningDocument {}
}
