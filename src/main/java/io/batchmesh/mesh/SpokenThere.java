package io.batchmesh.mesh;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;

/**
 * First of a stand-in's connection: HTTP/2 where the caller begins with its preface (RFC 9113,
 * section 3.4), else HTTP/1.1. Goes as soon as it knows.
 */
final class SpokenThere extends ByteToMessageDecoder {
    private static final int MAX_BODY = 16 << 20;
    private static final int PRI_BLANK = 0x5052_4920;

    private final Service service;

    SpokenThere(Service service) {
        this.service = service;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) {
        boolean other = bytes.getByte(bytes.readerIndex()) != 'P';
        if (!other && bytes.readableBytes() < Integer.BYTES) {
            return;
        }
        var pipeline = ctx.pipeline();
        if (!other && bytes.getInt(bytes.readerIndex()) == PRI_BLANK) {
            http2(pipeline);
        } else {
            pipeline.addLast(
                    new HttpServerCodec(),
                    new HttpServerKeepAliveHandler(),
                    new HttpObjectAggregator(MAX_BODY),
                    new StandInHandler(service));
        }
        // What came so far is passed on when this goes.
        pipeline.remove(this);
    }

    private void http2(ChannelPipeline pipeline) {
        var streams =
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(
                                        new Http2StreamFrameToHttpObjectCodec(true),
                                        new HttpObjectAggregator(MAX_BODY),
                                        new StandInHandler(service));
                    }
                };
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(streams));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
