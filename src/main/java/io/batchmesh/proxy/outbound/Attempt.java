package io.batchmesh.proxy.outbound;

import io.netty.handler.codec.http.HttpContent;

/** One try to get an answer for an exchange. It ends by telling the exchange, or by cancelling. */
interface Attempt {
    void start();

    /** Gives it up; the exchange hears nothing more of it. */
    void cancel();

    /** A piece of a streamed body, owned by this. */
    void send(HttpContent piece);

    /** The caller takes bytes again. */
    void callerWritable();
}
