package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Passes all bytes of one connection on to another, and stops reading while the other takes none.
 * When one ends, what it sent is passed on and the other ends too.
 */
final class ByteRelay extends ChannelInboundHandlerAdapter {
    private final Channel other;
    private final Runnable ended;

    /**
     * To another connection.
     *
     * @param ended told when this one is closed
     */
    ByteRelay(Channel other, Runnable ended) {
        this.other = other;
        this.ended = ended;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            // The end of the HTTP message that brought the two together.
            ReferenceCountUtil.release(message);
            return;
        }
        other.writeAndFlush(bytes);
        if (!other.isWritable()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        other.config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        ended.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
