package io.batchmesh.json;

/** What came of reading a JSON text: a document, or the first fault of its syntax. */
public sealed interface Parsed {
    /** The text is well-formed. */
    record Ok(JsonDocument document) implements Parsed {}

    /** The text is not JSON, or breaks a bound (size, depth, number length). */
    record Bad(Fault fault) implements Parsed {}
}
