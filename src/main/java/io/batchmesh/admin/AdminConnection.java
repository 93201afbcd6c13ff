package io.batchmesh.admin;

import io.batchmesh.certificate.TlsReason;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a request after the other, each answered before the next is read. A request that
 * comes before the answer to the one before it (pipelining) is not read; the connection closes
 * after that answer. All methods run on the connection's event loop.
 */
final class AdminConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(AdminConnection.class);

    private final AdminGate gate;
    private final AdminRuntime runtime;
    private final AdminSettings.Limits limits;
    private final ConnectionDeadline deadline;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private AdminGate.Verdict.@Nullable Admitted admitted;
    private @Nullable AdminPeer peer;
    private boolean keepAlive;
    private boolean busy;
    private boolean closing;
    private @Nullable LineSender sender;

    AdminConnection(
            AdminGate gate,
            AdminRuntime runtime,
            AdminSettings.Limits limits,
            ConnectionDeadline deadline) {
        this.gate = gate;
        this.runtime = runtime;
        this.limits = limits;
        this.deadline = deadline;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (closing) {
            return;
        }
        if (busy) {
            keepAlive = false;
            return;
        }
        if (part.decoderResult().isFailure()) {
            refuse(context, malformed(part.decoderResult().cause()));
            return;
        }
        if (part instanceof HttpRequest head) {
            begin(context, head);
        }
        if (part instanceof HttpContent content && !closing) {
            append(context, content);
        }
    }

    private static AdminResponse malformed(Throwable cause) {
        return cause instanceof TooLongFrameException
                ? Problem.of(431, "Head too large", "the head of a request has at most 32 KiB")
                : Problem.of(400, "Bad request", "this is not well-formed HTTP/1.1");
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        keepAlive = HttpUtil.isKeepAlive(head);
        body.reset();
        switch (gate.judge(head, peer(context))) {
            case AdminGate.Verdict.Refused refused -> refuse(context, refused.response());
            case AdminGate.Verdict.Admitted found -> {
                admitted = found;
                if (HttpUtil.is100ContinueExpected(head)) {
                    var _ =
                            context.writeAndFlush(
                                    new DefaultFullHttpResponse(
                                            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
                }
            }
        }
    }

    private AdminPeer peer(ChannelHandlerContext context) {
        if (peer == null) {
            peer = AdminPeer.at(context.channel());
        }
        return peer;
    }

    private void append(ChannelHandlerContext context, HttpContent content) {
        var bytes = content.content();
        if (body.size() + bytes.readableBytes() > limits.bodyBytes()) {
            refuse(context, gate.tooLarge());
            return;
        }
        body.writeBytes(ByteBufUtil.getBytes(bytes));
        if (content instanceof LastHttpContent && admitted != null) {
            var found = admitted;
            admitted = null;
            handle(context, found);
        }
    }

    private void handle(ChannelHandlerContext context, AdminGate.Verdict.Admitted found) {
        busy = true;
        deadline.stop();
        var route = found.route();
        var request = found.request().by(peer(context).identity()).withBody(body.toByteArray());
        body.reset();
        Runnable task =
                () -> {
                    var response = respond(route, request);
                    deliver(context, response);
                };
        try {
            runtime.worker().execute(() -> runtime.meter().run(route.activity(), task));
        } catch (RejectedExecutionException e) {
            refuse(context, Problem.of(503, "Unavailable", "the program is ending"));
        }
    }

    private void deliver(ChannelHandlerContext context, AdminResponse response) {
        try {
            context.executor().execute(() -> answer(context, response));
        } catch (RejectedExecutionException e) {
            LOG.debug("The event loops ended before an answer could be given", e);
            if (response.lines() != null) {
                response.lines().close();
            }
        }
    }

    private static AdminResponse respond(AdminRoutes.Route route, AdminRequest request) {
        try {
            return route.handler().apply(request);
        } catch (RuntimeException e) {
            // The boundary: a fault of ours must not leave the caller without an answer.
            LOG.error("{} {} failed by a fault of the program", route.method(), request.path(), e);
            return Problem.of(500, "Internal error", "the proxy's log has the details");
        }
    }

    private void answer(ChannelHandlerContext context, AdminResponse response) {
        var lines = response.lines();
        if (lines != null) {
            stream(context, response, lines);
            return;
        }
        busy = false;
        write(context, response, keepAlive);
    }

    /** Stays busy: nothing else is read from this connection, and it ends with the answer. */
    private void stream(ChannelHandlerContext context, AdminResponse response, AdminLines lines) {
        sender = new LineSender(context, runtime, deadline, lines);
        var status = HttpResponseStatus.valueOf(response.status());
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        fields(head, response, false);
        HttpUtil.setTransferEncodingChunked(head, true);
        var _ = context.writeAndFlush(head);
        sender.start();
    }

    /**
     * Answers a request that is not read to its end, so that no other can follow it. What still
     * comes is read and thrown away for a moment: a connection that is closed at once would be
     * reset, and the caller might lose the answer (RFC 9112, section 9.6).
     */
    private void refuse(ChannelHandlerContext context, AdminResponse response) {
        closing = true;
        deadline.sending(context);
        context.writeAndFlush(http(response, false)).addListener(written -> linger(context));
    }

    private static void linger(ChannelHandlerContext context) {
        var tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
            var _ = context.executor().schedule(() -> context.close(), 1, TimeUnit.SECONDS);
            return;
        }
        if (context.channel() instanceof DuplexChannel channel && channel.isActive()) {
            var _ = channel.shutdownOutput();
            var _ = context.executor().schedule(() -> context.close(), 1, TimeUnit.SECONDS);
        } else {
            var _ = context.close();
        }
    }

    private void write(ChannelHandlerContext context, AdminResponse response, boolean keep) {
        closing = !keep;
        deadline.sending(context);
        context.writeAndFlush(http(response, keep))
                .addListener(written -> {
                    if (keep && written.isSuccess()) {
                        deadline.idle(context);
                    } else {
                        var _ = context.close();
                    }
                });
    }

    private FullHttpResponse http(AdminResponse response, boolean keep) {
        var status = HttpResponseStatus.valueOf(response.status());
        var content = Unpooled.wrappedBuffer(response.body());
        var result = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        if (response.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
            result.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        fields(result, response, keep);
        return result;
    }

    private void fields(HttpResponse head, AdminResponse response, boolean keep) {
        var headers = head.headers();
        response.headers().forEach(headers::set);
        var now = runtime.clocks().now().atZone(ZoneOffset.UTC);
        headers.set(HttpHeaderNames.DATE, DateTimeFormatter.RFC_1123_DATE_TIME.format(now));
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set("x-content-type-options", "nosniff");
        if (!keep) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    /** The bytes of a request did not come in time. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ConnectionDeadline.Missed.REQUEST && !closing && !busy) {
            refuse(context, Problem.of(408, "Request timeout", "the request came too slowly"));
        } else if (event instanceof ConnectionDeadline.Missed) {
            var _ = context.close();
        } else {
            // Not ours: closing on the end of our own output would cut the answer off.
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.stop();
        if (sender != null) {
            sender.stop();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
            var why = TlsReason.of(cause);
            LOG.warn("{} is turned away: {}", context.channel().remoteAddress(), why.text());
        } else if (!(cause instanceof IOException)) {
            LOG.warn("A connection to the admin endpoint failed", cause);
        }
        context.channel().close().addListener(ChannelFutureListener.CLOSE);
    }
}
