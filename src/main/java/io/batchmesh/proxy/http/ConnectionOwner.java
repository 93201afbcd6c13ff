package io.batchmesh.proxy.http;

/** Whoever gives connections their calls. On their event loop. */
interface ConnectionOwner {
    /** A call is over and the connection could carry another. */
    void release(ClientConnection connection);

    /** A connection is gone. */
    void closed(ClientConnection connection);
}
