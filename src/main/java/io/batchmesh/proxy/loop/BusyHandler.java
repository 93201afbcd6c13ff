package io.batchmesh.proxy.loop;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** First in each pipeline of a sidecar: times what its connections make the event loop do. */
@Sharable
final class BusyHandler extends ChannelInboundHandlerAdapter {
    private final BusyMeter meter;

    BusyHandler(BusyMeter meter) {
        this.meter = meter;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        meter.enter();
        try {
            ctx.fireChannelRead(message);
        } finally {
            meter.exit();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        meter.enter();
        try {
            ctx.fireChannelReadComplete();
        } finally {
            meter.exit();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        meter.enter();
        try {
            ctx.fireChannelActive();
        } finally {
            meter.exit();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        meter.enter();
        try {
            ctx.fireChannelInactive();
        } finally {
            meter.exit();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        meter.enter();
        try {
            ctx.fireChannelWritabilityChanged();
        } finally {
            meter.exit();
        }
    }
}
