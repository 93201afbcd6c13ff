package io.batchmesh.ui;

/** How the window stands to the proxies that it shows. */
public sealed interface Connection {
    /** Nothing is connected, and nothing will be by itself. */
    record None(String reason) implements Connection {}

    /** Being made. */
    record Starting(String target) implements Connection {}

    /** Proxies are known; whether they answer is seen in the snapshot. */
    record Connected(String target, int proxies) implements Connection {}

    /** Somebody else's metrics are looked at: nothing is pushed or written. */
    record Watching(String target) implements Connection {}

    /** It was there and ended. */
    record Lost(String target, String reason) implements Connection {}
}
