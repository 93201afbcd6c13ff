package io.batchmesh.proxy.http;

/** What becomes of the body that is coming in. */
enum Body {
    /** There is none, or it is over. */
    NONE,
    /** It is gathered. */
    WHOLE,
    /** It goes on piece by piece. */
    STREAM
}
