package io.batchmesh.proxy.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2PriorityFrame;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request by HTTP/2 and its answer. */
final class ServerStream extends ChannelInboundHandlerAdapter implements ReplyPath {
    /** How long a request may take to come in without a byte of progress. */
    private static final long MAX_RECEIVE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final HttpServer server;
    private final ServerMultiplex connection;
    private final Channel channel;
    private final BodyBuffer gathered = new BodyBuffer();
    private @Nullable Incoming current;
    private Intake intake = Discard.BODY;
    private boolean whole;
    private boolean prompt;
    private boolean requestEnded;
    private boolean replyEnded;
    private boolean toHead;
    private boolean over;
    private long activeNanos;

    ServerStream(HttpServer server, ServerMultiplex connection, Channel channel) {
        this.server = server;
        this.connection = connection;
        this.channel = channel;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        activeNanos = server.ticker().nanos();
        connection.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head && current == null) {
            begin(head);
            if (message instanceof LastHttpContent last) {
                body(last);
            }
        } else if (message instanceof HttpContent piece) {
            body(piece);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest head) {
        activeNanos = server.ticker().nanos();
        var headers = head.headers();
        headers.remove(ExtensionHeaderNames.STREAM_ID.text());
        headers.remove(ExtensionHeaderNames.SCHEME.text());
        headers.remove(ExtensionHeaderNames.PATH.text());
        var request = new Incoming(this, head, activeNanos);
        current = request;
        toHead = head.method().equals(HttpMethod.HEAD);
        var refusal = RequestChecks.check(head);
        if (refusal != null) {
            refuse(request, refusal);
            return;
        }
        head.setProtocolVersion(HopByHop.HTTP_2);
        whole = true;
        prompt =
                headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("application/grpc")
                        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        boolean expected = headers.contains(HttpHeaderNames.EXPECT);
        headers.remove(HttpHeaderNames.EXPECT);
        intake = server.handler().accept(request);
        if (expected && !request.replying()) {
            channel.writeAndFlush(ReplyPath.goOn());
        }
        if (HttpUtil.getContentLength(head, 0L) > intake.wholeLimit()) {
            stream();
        }
    }

    private void refuse(Incoming request, RequestChecks.Refusal refusal) {
        if (refusal.status().equals(HttpResponseStatus.BAD_REQUEST)) {
            reset(Http2Error.PROTOCOL_ERROR);
            return;
        }
        requestEnded = true;
        request.reply(
                new Problem(refusal.status().code(), "bad-request", refusal.reason(), null)
                        .reply());
    }

    /** From now on the body goes on piece by piece. */
    private void stream() {
        whole = false;
        intake.streamed();
        if (gathered.size() > 0) {
            intake.content(new DefaultHttpContent(gathered.take()));
        }
    }

    private void body(HttpContent piece) {
        if (current == null || requestEnded || over) {
            piece.release();
            return;
        }
        activeNanos = server.ticker().nanos();
        boolean last = piece instanceof LastHttpContent;
        requestEnded = last;
        if (!whole) {
            intake.content(piece);
            return;
        }
        gathered.add(piece.content(), channel.alloc());
        if (last) {
            whole = false;
            intake.whole(gathered.take(), ((LastHttpContent) piece).trailingHeaders());
        } else if (gathered.size() > intake.wholeLimit()) {
            stream();
        }
    }

    /**
     * A gRPC call whose request is not over with what came at once may be waiting for an answer
     * before it goes on.
     */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (whole && prompt && !requestEnded && !over) {
            stream();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public boolean isCurrent(Incoming request) {
        return current == request && !replyEnded && !over && channel.isActive();
    }

    @Override
    public void reply(FullHttpResponse reply) {
        int code = reply.status().code();
        boolean counted = !HttpUtil.isContentLengthSet(reply) && code != 204 && code != 304;
        if (counted && !toHead && reply.trailingHeaders().isEmpty()) {
            HttpUtil.setContentLength(reply, reply.content().readableBytes());
        }
        replyEnded = true;
        if (toHead && reply.content().isReadable()) {
            var bare = reply.replace(Unpooled.EMPTY_BUFFER);
            reply.release();
            channel.writeAndFlush(bare).addListener((ChannelFuture f) -> lastWritten(f));
        } else {
            channel.writeAndFlush(reply).addListener((ChannelFuture f) -> lastWritten(f));
        }
    }

    @Override
    public void begin(HttpResponse reply) {
        channel.writeAndFlush(reply);
    }

    @Override
    public void content(Incoming request, HttpContent piece) {
        if (!isCurrent(request)) {
            piece.release();
        } else if (piece instanceof LastHttpContent) {
            replyEnded = true;
            channel.writeAndFlush(piece).addListener((ChannelFuture f) -> lastWritten(f));
        } else {
            channel.writeAndFlush(piece);
        }
    }

    private void lastWritten(ChannelFuture written) {
        if (over) {
            return;
        }
        if (!written.isSuccess()) {
            gone();
            channel.close();
            return;
        }
        var was = end();
        was.replied(server.ticker().nanos());
        if (!requestEnded) {
            // The rest of the request is not wanted (RFC 9113, section 8.1).
            reset(Http2Error.NO_ERROR);
        }
    }

    private Intake end() {
        over = true;
        gathered.clear();
        var was = intake;
        intake = Discard.BODY;
        connection.closed(this);
        return was;
    }

    private void gone() {
        if (!over) {
            end().cancelled();
        }
    }

    private void reset(Http2Error error) {
        channel.writeAndFlush(new DefaultHttp2ResetFrame(error))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void abort(Incoming request) {
        if (current == request) {
            reset(Http2Error.INTERNAL_ERROR);
        }
    }

    @Override
    public void readBody(Incoming request, boolean go) {
        if (current == request) {
            channel.config().setAutoRead(go);
        }
    }

    /** There is no such thing in HTTP/2, and nobody can ask for it. */
    @Override
    public void takeOver(FullHttpResponse switching, ChannelHandler handler) {
        switching.release();
        reset(Http2Error.PROTOCOL_ERROR);
    }

    void sweep(long nowNanos) {
        boolean stuck = !requestEnded && !replyEnded;
        if (stuck && channel.config().isAutoRead() && nowNanos - activeNanos > MAX_RECEIVE_NANOS) {
            reset(Http2Error.CANCEL);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2PriorityFrame) {
            connection.control();
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && current != null && !over) {
            intake.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        gone();
        if (cause instanceof Http2Exception) {
            // The codec answers with the stream error that it is.
            return;
        }
        if (cause instanceof DecoderException) {
            reset(Http2Error.PROTOCOL_ERROR);
        } else {
            server.failed(cause);
            reset(Http2Error.INTERNAL_ERROR);
        }
    }
}
