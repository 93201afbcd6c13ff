package io.batchmesh.proxy.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.util.ReferenceCountUtil;

/** What a stream of HTTP/2 to an upstream has that a connection of HTTP/1.1 has not. */
final class ClientStream extends ChannelDuplexHandler {
    private final ClientConnection connection;

    ClientStream(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof HttpRequest request)) {
            ctx.write(message, promise);
            return;
        }
        ctx.write(message, promise);
        if (!(message instanceof LastHttpContent)) {
            // The other side may have to speak first.
            ctx.flush();
        }
        // The codec notes it in the fields, which may be sent again to somebody else.
        request.headers().remove(ExtensionHeaderNames.SCHEME.text());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpResponse head)) {
            ctx.fireChannelRead(message);
            return;
        }
        head.setProtocolVersion(HopByHop.HTTP_2);
        head.headers().remove(ExtensionHeaderNames.STREAM_ID.text());
        head.headers().remove(ExtensionHeaderNames.SCHEME.text());
        if (!(message instanceof FullHttpResponse whole)) {
            ctx.fireChannelRead(message);
        } else if (whole.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            // Another head follows.
            whole.release();
        } else {
            ctx.fireChannelRead(
                    new DefaultHttpResponse(
                            whole.protocolVersion(), whole.status(), whole.headers()));
            var last = new DefaultLastHttpContent(whole.content());
            last.trailingHeaders().set(whole.trailingHeaders());
            ctx.fireChannelRead(last);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        try {
            if (event instanceof Http2ResetFrame reset) {
                boolean untouched = reset.errorCode() == Http2Error.REFUSED_STREAM.code();
                connection.fail(
                        untouched ? CallFailure.Kind.UNTOUCHED : CallFailure.Kind.RESET,
                        "the upstream reset the stream: " + Http2Error.valueOf(reset.errorCode()));
            } else if (event instanceof Http2GoAwayFrame) {
                connection.fail(CallFailure.Kind.UNTOUCHED, "the upstream is going away");
            }
        } finally {
            ReferenceCountUtil.release(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Http2Exception || cause instanceof DecoderException) {
            connection.fail(
                    CallFailure.Kind.PROTOCOL, "the answer is malformed: " + cause.getMessage());
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }
}
