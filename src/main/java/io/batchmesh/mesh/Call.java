package io.batchmesh.mesh;

import io.netty.handler.codec.http.FullHttpRequest;

/** One request and what becomes of it. All methods are called on the event loop. */
interface Call {
    /** What is sent; the pool takes it over. */
    FullHttpRequest request();

    /** It is about to be written. */
    void written(long nanos);

    /** The last byte of the answer is in. */
    void answered(Answer answer, long nanos);

    /** There is no complete answer, and will not be one. */
    void failed(String reason);

    /**
     * What a client keeps of an answer.
     *
     * @param status of HTTP
     * @param start the first bytes of the body as text, up to {@link CallPool#KEPT}
     * @param shared whether it says that it was meant for an earlier request or for several: a
     *     cache on the way shows this by Age (RFC 9111, section 5.1) or Cache-Status (RFC 9211)
     */
    record Answer(int status, String start, boolean shared) {}
}
