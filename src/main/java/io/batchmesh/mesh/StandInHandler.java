package io.batchmesh.mesh;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * One connection of a {@link StandIn}: its requests are served one after the other, so that the
 * answers come in their order (RFC 9112, section 9.3.2). Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class StandInHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int MOST_PIPELINED = 16;

    private final Service service;
    private final ArrayDeque<Service.Request> pipelined = new ArrayDeque<>();
    private boolean serving;

    StandInHandler(Service service) {
        this.service = service;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
        if (message.decoderResult().isFailure()) {
            answer(ctx, new Service.Reply(400, "application/json", "{\"error\":\"no HTTP\"}"));
            ctx.close();
            return;
        }
        var request = Service.Request.of(message);
        if (serving) {
            pipelined.add(request);
            ctx.channel().config().setAutoRead(pipelined.size() < MOST_PIPELINED);
        } else {
            serve(ctx, request);
        }
    }

    private void serve(ChannelHandlerContext ctx, Service.Request request) {
        serving = true;
        service.serve(request, reply -> served(ctx, reply));
    }

    private void served(ChannelHandlerContext ctx, Service.Reply reply) {
        serving = false;
        if (!ctx.channel().isActive()) {
            pipelined.clear();
            return;
        }
        answer(ctx, reply);
        var next = pipelined.poll();
        if (next != null) {
            ctx.channel().config().setAutoRead(true);
            serve(ctx, next);
        }
    }

    private static void answer(ChannelHandlerContext ctx, Service.Reply reply) {
        var body = reply.body().getBytes(StandardCharsets.ISO_8859_1);
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(reply.status()),
                        Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        if (reply.status() >= 400) {
            response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        }
        if (reply.status() == 503) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        ctx.writeAndFlush(response);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
