package io.batchmesh.admin.tap;

/** What came of opening a tap. */
public sealed interface TapStart {
    /** It is open. */
    record Open(TapSession session) implements TapStart {}

    /**
     * There are enough.
     *
     * @param most how many may be open at a time
     */
    record TooMany(int most) implements TapStart {}

    /** No request can be seen here. */
    record Impossible() implements TapStart {}
}
