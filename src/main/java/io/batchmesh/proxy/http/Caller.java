package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;

/** Whoever made a request and gets its one answer. Used on one event loop. */
public interface Caller {
    /** The head of the request; its headers may be changed and sent on. */
    HttpRequest head();

    /** When the head was complete. */
    long arrivedNanos();

    /** Whether an answer has begun; then there is no other. */
    boolean replying();

    /** Whether bytes are taken without piling up. */
    boolean writable();

    /** Tells it something before the answer: leave to go on with the body, or early hints. */
    default void interim(HttpResponse head) {}

    /** Answers the request; owns the reply. */
    void reply(FullHttpResponse reply);

    /** Begins an answer whose content follows by {@link #content}. */
    void begin(HttpResponse reply);

    /** Goes on with an answer; a {@code LastHttpContent} ends it. Owns the piece. */
    void content(HttpContent piece);

    /** Breaks off an answer that has begun, so that it is seen to be incomplete. */
    void abort();

    /** Stops or goes on reading a streamed body. */
    void readBody(boolean go);
}
