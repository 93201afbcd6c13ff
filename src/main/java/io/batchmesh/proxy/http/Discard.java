package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Throws a body away: for requests that were answered by their head, and for those that make
 * something of the end of one without a body.
 */
public class Discard implements Intake {
    /** The only one needed. */
    public static final Intake BODY = new Discard();

    protected Discard() {}

    @Override
    public int wholeLimit() {
        return 0;
    }

    @Override
    public void whole(ByteBuf body, HttpHeaders trailers) {
        body.release();
    }

    @Override
    public void streamed() {}

    @Override
    public void content(HttpContent piece) {
        piece.release();
    }

    @Override
    public void writable() {}

    @Override
    public void replied(long nanos) {}

    @Override
    public void cancelled() {}
}
