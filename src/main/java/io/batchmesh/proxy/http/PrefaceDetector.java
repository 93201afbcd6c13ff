package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a clear-text connection: HTTP/2 with prior knowledge begins with its
 * preface (RFC 9113, section 3.4), which no request of HTTP/1.1 does. It goes as soon as it knows.
 */
final class PrefaceDetector extends ChannelInboundHandlerAdapter {
    private final HttpServer server;
    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    private @Nullable ByteBuf held;

    PrefaceDetector(HttpServer server) {
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        var all = held == null ? bytes : Unpooled.wrappedBuffer(held, bytes);
        held = null;
        int common = Math.min(all.readableBytes(), preface.readableBytes());
        boolean same = matches(all, common);
        if (same && common < preface.readableBytes()) {
            held = all;
            return;
        }
        if (same) {
            server.switchToHttp2(ctx.pipeline());
        }
        ctx.fireChannelRead(all);
        ctx.pipeline().remove(this);
    }

    private boolean matches(ByteBuf bytes, int length) {
        int at = bytes.readerIndex();
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(at + i) != preface.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        preface.release();
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
