package io.batchmesh.proxy.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer that was not written yet: the content of a short one usually comes in the
 * same turn of the event loop, and both go out in one piece.
 */
final class BegunReply {
    private final ReplyEncoder encoder;
    private @Nullable HttpResponse head;
    private @Nullable ChannelHandlerContext context;

    BegunReply(ReplyEncoder encoder) {
        this.encoder = encoder;
    }

    BegunReply begin(HttpResponse reply, ChannelHandlerContext ctx) {
        head = reply;
        context = ctx;
        return this;
    }

    /** Lets the caller see all that there is. */
    void flush(ChannelHandlerContext ctx) {
        write(ctx);
        ctx.flush();
    }

    EventExecutor loop() {
        if (context == null) {
            throw new IllegalStateException("nothing has begun");
        }
        return context.executor();
    }

    /** The turn is over: whoever waits for content need not wait for the head. */
    void turnOver() {
        if (context != null && write(context)) {
            context.flush();
        }
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
    HttpContent joined(LastHttpContent last, ChannelHandlerContext ctx) {
        var waiting = head;
        if (waiting == null || encoder.answersHead()) {
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
