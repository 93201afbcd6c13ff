package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Encodes replies; knows whether the request at hand was HEAD, whose reply has no content. */
final class ReplyEncoder extends HttpResponseEncoder {
    /** Copying so much costs less than a second buffer on its way through the pipeline. */
    private static final int COPIED = 2 << 10;

    /** What most heads take. */
    private static final int HEAD = 256;

    private boolean head;

    /** Says whether the next reply answers HEAD. */
    void answersHead(boolean yes) {
        head = yes;
    }

    boolean answersHead() {
        return head;
    }

    /** The encoder copies a body behind its head where there is room, so there is. */
    @Override
    protected void encodeInitialLine(ByteBuf out, HttpResponse reply) throws Exception {
        if (reply instanceof FullHttpResponse whole) {
            int length = whole.content().readableBytes();
            if (length > 0 && length <= COPIED && !isContentAlwaysEmpty(reply)) {
                out.ensureWritable(HEAD + length);
            }
        }
        super.encodeInitialLine(out, reply);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse reply) {
        return (head && reply.status().code() >= 200) || super.isContentAlwaysEmpty(reply);
    }
}
