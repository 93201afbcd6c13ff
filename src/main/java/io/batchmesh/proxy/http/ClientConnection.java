package io.batchmesh.proxy.http;

import io.batchmesh.proxy.loop.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to an upstream, or a stream of one, carrying one call at a time. */
public final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final ConnectionOwner owner;
    private final Channel channel;
    private @Nullable Call call;
    private boolean used;
    private boolean reused;
    private boolean sent;
    private boolean headSeen;
    private boolean keepAlive;
    private boolean last;
    private long idleSince;

    ClientConnection(ConnectionOwner owner, Channel channel) {
        this(owner, channel, false);
    }

    /**
     * A connection, or a stream of one.
     *
     * @param used whether it may be dying already because it was opened before
     */
    ClientConnection(ConnectionOwner owner, Channel channel, boolean used) {
        this.owner = owner;
        this.channel = channel;
        this.used = used;
    }

    /** Whether it takes bytes without piling them up. */
    public boolean writable() {
        return channel.isWritable();
    }

    boolean isActive() {
        return channel.isActive();
    }

    long idleSince() {
        return idleSince;
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    /** Carries no further call after the one at hand. */
    void noReuse() {
        last = true;
    }

    void start(Call next) {
        reused = used;
        used = true;
        call = next;
        sent = false;
        headSeen = false;
        keepAlive = false;
        next.connected(this);
    }

    /**
     * A second reference to a request that is about to be sent whole: a connection that was kept
     * may die just as it is used (RFC 9112, section 9.3.1), and then it may be sent again.
     *
     * @return null where it is not sent again: the connection is new, or it may not be done twice
     */
    public @Nullable FullHttpRequest spare(FullHttpRequest request) {
        if (!reused || !Idempotence.of(request.method())) {
            return null;
        }
        return request.content().isReadable() ? request.retainedDuplicate() : request.retain();
    }

    /** Sends a whole request, which is owned by this. */
    public void send(FullHttpRequest request) {
        sent = true;
        channel.writeAndFlush(request, channel.voidPromise());
    }

    /** Sends the head of a request whose content follows. */
    public void send(HttpRequest head) {
        channel.write(head, channel.voidPromise());
    }

    /** Sends a piece of content, which is owned by this; a {@code LastHttpContent} ends it. */
    public void send(HttpContent piece) {
        sent = piece instanceof LastHttpContent;
        channel.writeAndFlush(piece, channel.voidPromise());
    }

    /** Stops or goes on reading the response. */
    public void read(boolean go) {
        channel.config().setAutoRead(go);
    }

    /** Gives the call up; it hears nothing more. */
    public void abort() {
        call = null;
        channel.close();
    }

    /** Has what was written so far go out. */
    public void flush() {
        channel.flush();
    }

    Channel channel() {
        return channel;
    }

    /** Takes the connection away from HTTP; the handler gets all bytes that follow. */
    void takeOver(ChannelHandler handler) {
        call = null;
        owner.closed(this);
        var pipeline = channel.pipeline();
        pipeline.addLast(handler);
        pipeline.remove(this);
        pipeline.remove(HttpClientCodec.class);
        channel.config().setAutoRead(true);
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var current = call;
        if (current == null) {
            ReferenceCountUtil.release(message);
            channel.close();
        } else if (message instanceof HttpResponse head) {
            head(current, head);
            if (message instanceof LastHttpContent last && call != null) {
                content(current, last);
            }
        } else if (message instanceof HttpContent piece) {
            content(current, piece);
        }
    }

    private void head(Call current, HttpResponse head) {
        if (head.decoderResult().isFailure()) {
            ReferenceCountUtil.release(head);
            fail(CallFailure.Kind.PROTOCOL, "the answer is not HTTP/1.1");
            return;
        }
        int code = head.status().code();
        if (code == 101) {
            if (!current.switched(head, this)) {
                fail(CallFailure.Kind.PROTOCOL, "switched protocols without being asked");
            }
        } else if (code < 200) {
            current.interim(head);
        } else if (code >= 200) {
            headSeen = true;
            keepAlive = HttpUtil.isKeepAlive(head);
            current.head(head);
        }
    }

    private void content(Call current, HttpContent piece) {
        if (piece.decoderResult().isFailure()) {
            piece.release();
            fail(CallFailure.Kind.PROTOCOL, "the answer's body is malformed");
        } else if (!headSeen) {
            // The empty end of an informational response.
            piece.release();
        } else if (piece instanceof LastHttpContent) {
            call = null;
            current.content(piece);
            if (sent && keepAlive && !last && channel.isActive()) {
                channel.config().setAutoRead(true);
                owner.release(this);
            } else {
                channel.close();
            }
        } else {
            current.content(piece);
        }
    }

    /** The call at hand comes to nothing. */
    void fail(CallFailure.Kind kind, String detail) {
        var failed = call;
        call = null;
        channel.close();
        if (failed != null) {
            failed.failed(new CallFailure(kind, detail, reused && !headSeen));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (call != null && channel.isWritable()) {
            call.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        owner.closed(this);
        fail(CallFailure.Kind.RESET, "the connection was closed before the answer was complete");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!Transport.isBreak(cause)) {
            LOG.warn("a call failed inside the proxy", cause);
        }
        fail(CallFailure.Kind.RESET, "the connection broke: " + CallFailure.why(cause));
    }
}
