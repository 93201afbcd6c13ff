package io.batchmesh.proxy.http;

import io.batchmesh.time.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a caller. Requests are worked on one after the other, so that pipelined ones
 * are answered in order; what is pipelined further waits, with reading stopped.
 */
final class ServerConnection extends ChannelInboundHandlerAdapter implements ReplyPath {
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final HttpServer server;
    private final Ticker ticker;
    private final ReplyEncoder encoder;
    private final Deque<Object> backlog = new ArrayDeque<>();
    private final BodyBuffer gathered = new BodyBuffer();
    private final ChannelFutureListener lastWritten = this::lastWritten;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Incoming current;
    private final BegunReply begun;
    private Intake intake = Discard.BODY;
    private Body body = Body.NONE;
    private boolean requestEnded = true;
    private boolean replyEnded = true;
    private boolean keepAlive = true;
    private boolean finished;
    private boolean malformed;
    private boolean advancing;
    private boolean held;
    private long activeNanos;

    ServerConnection(HttpServer server, ReplyEncoder encoder) {
        this.server = server;
        this.ticker = server.ticker();
        this.encoder = encoder;
        this.begun = new BegunReply(encoder);
    }

    @Override
    public Channel channel() {
        return ctx().channel();
    }

    private ChannelHandlerContext ctx() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    @Override
    public boolean isCurrent(Incoming request) {
        return current == request && !replyEnded && channel().isActive();
    }

    boolean idle() {
        return current == null;
    }

    /** Whether a request has begun to come in and its body is still awaited. */
    boolean receiving() {
        return current != null && !requestEnded;
    }

    /** Whether nothing more is taken, but the caller may not have seen why. */
    boolean finished() {
        return finished;
    }

    long activeNanos() {
        return activeNanos;
    }

    /**
     * Closes after the request at hand. Where there is none, one may be on its way already: a
     * connection that was used just now is left a moment for it.
     */
    void finish() {
        keepAlive = false;
        long left = GRACE_NANOS - (ticker.nanos() - activeNanos);
        if (current != null) {
            return;
        }
        if (left <= 0) {
            channel().close();
        } else {
            ctx().executor().schedule(this::closeIfIdle, left, TimeUnit.NANOSECONDS);
        }
    }

    private void closeIfIdle() {
        if (current == null && !finished) {
            channel().close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        activeNanos = ticker.nanos();
        server.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (finished) {
            ReferenceCountUtil.release(message);
        } else if (!backlog.isEmpty() || (message instanceof HttpRequest && current != null)) {
            backlog.add(message);
            readOrWait();
        } else {
            take(message);
        }
    }

    private void take(Object message) {
        if (message instanceof HttpRequest head) {
            begin(head);
            if (message instanceof LastHttpContent last) {
                body(last);
            }
        } else if (message instanceof HttpContent piece) {
            body(piece);
        } else {
            // An upgraded connection's bytes, which nobody asked for.
            ReferenceCountUtil.release(message);
            channel().close();
        }
    }

    private void begin(HttpRequest head) {
        activeNanos = ticker.nanos();
        var request = new Incoming(this, head, activeNanos);
        current = request;
        held = false;
        requestEnded = false;
        replyEnded = false;
        encoder.answersHead(head.method().equals(HttpMethod.HEAD));
        var refusal = RequestChecks.check(head);
        if (refusal != null) {
            refuse(request, refusal);
            return;
        }
        keepAlive = keepAlive && HttpUtil.isKeepAlive(head);
        body = Body.WHOLE;
        boolean expected = Expectation.take(head, isOld());
        intake = server.handler().accept(request);
        if (current != request) {
            return;
        }
        boolean later = expected && intake.bidsToGoOn();
        if (expected && !later) {
            head.headers().remove(HttpHeaderNames.EXPECT);
            if (!request.replying()) {
                ctx().writeAndFlush(ReplyPath.goOn());
            }
        }
        long length = HttpUtil.getContentLength(head, 0L);
        if (later || length > intake.wholeLimit()) {
            body = Body.STREAM;
            intake.streamed();
        }
    }

    private void refuse(Incoming request, RequestChecks.Refusal refusal) {
        keepAlive = false;
        malformed = true;
        intake = Discard.BODY;
        body = Body.NONE;
        requestEnded = true;
        request.reply(refusal.reply());
    }

    private void body(HttpContent piece) {
        if (current == null || requestEnded) {
            piece.release();
            return;
        }
        if (piece.decoderResult().isFailure()) {
            piece.release();
            broken();
            return;
        }
        activeNanos = ticker.nanos();
        boolean last = piece instanceof LastHttpContent;
        requestEnded = last;
        if (body == Body.STREAM) {
            intake.content(piece);
        } else {
            whole(piece, last);
        }
        advance();
    }

    private void whole(HttpContent piece, boolean last) {
        gathered.add(piece.content(), ctx().alloc());
        if (last) {
            body = Body.NONE;
            intake.whole(gathered.take(), ((LastHttpContent) piece).trailingHeaders());
        } else if (gathered.size() > intake.wholeLimit()) {
            body = Body.STREAM;
            intake.streamed();
            intake.content(new DefaultHttpContent(gathered.take()));
        }
    }

    /** The body is malformed: no request can be found behind it. */
    private void broken() {
        keepAlive = false;
        malformed = true;
        requestEnded = true;
        gathered.clear();
        var request = current;
        var was = intake;
        intake = Discard.BODY;
        was.cancelled();
        if (request == null || replyEnded) {
            channel().close();
        } else if (request.replying()) {
            abort(request);
        } else {
            request.reply(new Problem(400, "bad-request", "malformed body", null).reply());
        }
    }

    @Override
    public void reply(FullHttpResponse reply) {
        ReplyFraming.count(reply, encoder.answersHead());
        prepare(reply);
        replyEnded = true;
        ctx().writeAndFlush(reply).addListener(lastWritten);
    }

    @Override
    public void begin(HttpResponse reply) {
        keepAlive &= ReplyFraming.ends(reply, isOld());
        prepare(reply);
        server.begun(begun.begin(reply, ctx()));
    }

    @Override
    public void content(Incoming request, HttpContent piece) {
        if (!isCurrent(request)) {
            piece.release();
        } else if (piece instanceof LastHttpContent last) {
            replyEnded = true;
            ctx().writeAndFlush(begun.joined(last, ctx())).addListener(lastWritten);
        } else {
            begun.write(ctx());
            ctx().writeAndFlush(piece);
        }
    }

    @Override
    public void takeOver(FullHttpResponse switching, ChannelHandler handler) {
        replyEnded = true;
        requestEnded = true;
        current = null;
        intake = Discard.BODY;
        var pipeline = ctx().pipeline();
        pipeline.writeAndFlush(switching);
        server.closed(this);
        pipeline.remove(encoder);
        pipeline.addLast(handler);
        pipeline.remove(this);
        pipeline.remove(StrictRequestDecoder.class);
    }

    @Override
    public void abort(Incoming request) {
        if (current == request) {
            // Seen to have begun: else it looks idle, and some callers would ask again.
            begun.flush(ctx());
            channel().close();
        }
    }

    @Override
    public void readBody(Incoming request, boolean go) {
        if (current == request) {
            held = !go;
            readOrWait();
        }
    }

    private void readOrWait() {
        channel().config().setAutoRead(backlog.isEmpty() && !held);
    }

    private void prepare(HttpResponse reply) {
        if (!requestEnded || server.finishing()) {
            keepAlive = false;
        }
        reply.setProtocolVersion(HttpVersion.HTTP_1_1);
        ReplyFraming.persistence(reply, keepAlive, isOld());
    }

    private boolean isOld() {
        return current != null && current.head().protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    private void lastWritten(ChannelFuture written) {
        var was = intake;
        intake = Discard.BODY;
        if (!written.isSuccess()) {
            channel().close();
            was.cancelled();
            return;
        }
        activeNanos = ticker.nanos();
        was.replied(activeNanos);
        current = null;
        held = false;
        if (keepAlive) {
            advance();
        } else {
            end();
        }
    }

    /** Closes so that the caller sees the reply even if it is still sending. */
    private void end() {
        finished = true;
        boolean clean = requestEnded && !malformed;
        if (clean || !(channel() instanceof DuplexChannel duplex)) {
            channel().close();
            return;
        }
        requestEnded = true;
        gathered.clear();
        duplex.shutdownOutput();
        channel().config().setAutoRead(true);
    }

    /** Takes what waits, as far as no request is at hand. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        while (!finished
                && !backlog.isEmpty()
                && (current == null || !(backlog.peek() instanceof HttpRequest))) {
            take(backlog.remove());
        }
        advancing = false;
        if (!finished) {
            readOrWait();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && current != null) {
            intake.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        server.closed(this);
        gathered.clear();
        backlog.forEach(ReferenceCountUtil::release);
        backlog.clear();
        var was = intake;
        intake = Discard.BODY;
        if (current != null) {
            current = null;
            was.cancelled();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        server.failed(cause);
        ctx.close();
    }
}
