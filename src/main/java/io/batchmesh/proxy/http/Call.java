package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** One request to an upstream and what comes back. Called on the event loop of the pool. */
public interface Call {
    /** A connection is there: write the request now. */
    void connected(ClientConnection connection);

    /** An interim response (RFC 9110, section 15.2), such as leave to go on with the body. */
    default void interim(HttpResponse head) {}

    /**
     * The upstream switches to another protocol: take the connection over now.
     *
     * @return false when nobody asked for that
     */
    default boolean switched(HttpResponse head, ClientConnection by) {
        return false;
    }

    /** The final response head. */
    void head(HttpResponse head);

    /**
     * A piece of the response; with the {@code LastHttpContent} the call is over.
     *
     * @param piece owned by the callee
     */
    void content(HttpContent piece);

    /** The call came to nothing, or broke in the middle. It is over. */
    void failed(CallFailure failure);

    /** The connection takes bytes of a streamed request again. */
    default void writable() {}
}
