package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;

/** Takes the body of one request and hears what happens to it. On the connection's event loop. */
public interface Intake {
    /**
     * Whether the intake passes {@code Expect: 100-continue} on and says itself when the caller may
     * go on; else it is told to at once.
     */
    default boolean bidsToGoOn() {
        return false;
    }

    /** Bytes up to which the body is wanted in one piece; longer ones are streamed. */
    int wholeLimit();

    /**
     * The whole body.
     *
     * @param body owned by the callee
     */
    void whole(ByteBuf body, HttpHeaders trailers);

    /** The body is longer than the limit: {@link #content} brings it piece by piece. */
    void streamed();

    /**
     * A piece of a streamed body; the last is a {@code LastHttpContent}.
     *
     * @param piece owned by the callee
     */
    void content(HttpContent piece);

    /** The connection to the caller takes bytes again. */
    void writable();

    /** The last byte of the reply was written. Nothing follows. */
    void replied(long nanos);

    /** The caller went away before its reply was complete. Nothing follows. */
    void cancelled();
}
