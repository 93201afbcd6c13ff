package io.batchmesh.target;

/** What came of asking a proxy for something. */
public sealed interface Reading<T> {
    /** It answered. */
    record Got<T>(T value) implements Reading<T> {}

    /** It answered that there is none. */
    record None<T>() implements Reading<T> {}

    /** It did not answer, for this reason. */
    record Unreachable<T>(String reason) implements Reading<T> {}

    /** It answered something that makes no sense, or that it will not tell. */
    record Unreadable<T>(String reason) implements Reading<T> {}
}
