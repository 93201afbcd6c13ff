package io.batchmesh.metrics;

/** What is known about a proxy that is watched. */
public enum ProxyState {
    /** Its last reading succeeded. */
    LIVE,
    /** It was read before, but has failed to answer only lately: its last values are kept. */
    STALE,
    /** No answer: nobody listens, the connection breaks or the time is over. */
    UNREACHABLE,
    /** It answers, but not with an exposition that can be read. */
    UNREADABLE
}
