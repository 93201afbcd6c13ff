package io.batchmesh.target;

/** How a tap came to its end. */
public sealed interface TapEnd {
    /** The proxy ended it, for this reason. */
    record Over(String reason) implements TapEnd {}

    /** We closed it. */
    record Closed() implements TapEnd {}

    /** The proxy has no tap: it is older, or of another kind. */
    record Impossible() implements TapEnd {}

    /** The proxy does not open one, for this reason. */
    record Refused(String reason) implements TapEnd {}

    /** It did not answer, or broke off, for this reason. */
    record Broken(String reason) implements TapEnd {}
}
