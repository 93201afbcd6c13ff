package io.batchmesh.proxy.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer that was not written yet: the content of a short one usually comes in the
 * same turn of the event loop, and both go out in one piece.
 */
final class BegunReply {
    private @Nullable HttpResponse head;

    void begin(HttpResponse reply) {
        head = reply;
    }

    /** Writes the head if it waits; whether it did. */
    boolean write(ChannelHandlerContext ctx) {
        var waiting = head;
        head = null;
        if (waiting != null) {
            ctx.write(waiting);
        }
        return waiting != null;
    }

    /** The end of the answer, with its head where that waits. */
    HttpContent joined(LastHttpContent last, ChannelHandlerContext ctx, boolean answersHead) {
        var waiting = head;
        if (waiting == null || answersHead) {
            write(ctx);
            return last;
        }
        head = null;
        return new DefaultFullHttpResponse(
                waiting.protocolVersion(),
                waiting.status(),
                last.content(),
                waiting.headers(),
                last.trailingHeaders());
    }
}
