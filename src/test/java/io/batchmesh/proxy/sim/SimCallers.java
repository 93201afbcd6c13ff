package io.batchmesh.proxy.sim;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The callers of a sidecar: each connection asks one thing at a time and reads the answer. */
final class SimCallers {
    static final String HOST = "callers";

    /** For which those who dawdle do not read; below what a limit allows beyond it. */
    private static final long DAWDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    /** What the proxy says when something inside it threw; what a network does is not that. */
    private static final Pattern INSIDE =
            Pattern.compile(
                    "(broke|failed): (?!Connection reset|Broken pipe|\\w*ClosedChannelException)");

    private final SimNetwork net;
    private final History history;
    private final SocketAddress sidecar;
    private final Deque<Session> idle = new ArrayDeque<>();

    SimCallers(SimNetwork net, History history, SocketAddress sidecar) {
        this.net = net;
        this.history = history;
        this.sidecar = sidecar;
    }

    /** Asks, by a connection that is free or a new one. */
    void ask(Ask ask) {
        history.asked(ask);
        var session = idle.poll();
        if (session != null) {
            session.ask(ask);
            return;
        }
        var fresh = new Session(ask);
        net.client(HOST)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline().addLast(new HttpClientCodec(), fresh);
                            }
                        })
                .connect(sidecar)
                .addListener(f -> {
                    if (!f.isSuccess()) {
                        ask.refused = true;
                    }
                });
    }

    /** Goes away without waiting for the answer. */
    void cancel(Ask ask) {
        for (var socket : net.of(HOST)) {
            var session = socket.pipeline().get(Session.class);
            if (session != null && session.current == ask && !ask.settled()) {
                ask.cancelled = true;
                ask.settledAt = net.now();
                socket.close();
            }
        }
    }

    /** One connection. */
    private final class Session extends SimpleChannelInboundHandler<HttpObject> {
        private @Nullable ChannelHandlerContext context;
        private @Nullable Ask current;
        private @Nullable HttpResponse head;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Session(Ask first) {
            current = first;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            context = ctx;
            if (current != null) {
                ask(current);
            }
        }

        void ask(Ask ask) {
            current = ask;
            head = null;
            body.reset();
            ask.sentAt = net.now();
            var ctx = context;
            if (ctx == null) {
                throw new IllegalStateException("not connected");
            }
            var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, ask.method, ask.path);
            request.headers().set("host", "back").set("x-nonce", ask.nonce);
            if (ask.identity != null) {
                request.headers().set("authorization", ask.identity);
            }
            if (ask.body.length > 0) {
                request.headers().set("content-type", Ask.BYTES);
            }
            if (ask.timeoutNanos > 0) {
                request.headers().set("timeout", ask.timeoutNanos / 1_000 + "us");
            }
            if (ask.chunked) {
                HttpUtil.setTransferEncodingChunked(request, true);
            } else if (ask.body.length > 0) {
                HttpUtil.setContentLength(request, ask.body.length);
            }
            ctx.write(request);
            int half = ask.body.length / 2;
            ctx.write(new DefaultHttpContent(Unpooled.wrappedBuffer(ask.body, 0, half)));
            ctx.writeAndFlush(
                    new DefaultLastHttpContent(
                            Unpooled.wrappedBuffer(ask.body, half, ask.body.length - half)));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
            if (message.decoderResult().isFailure()) {
                history.violation("an answer that is not HTTP: " + current);
                ctx.close();
                return;
            }
            if (message instanceof HttpResponse response) {
                head = response;
                body.reset();
                dawdle(ctx);
            }
            if (message instanceof HttpContent piece) {
                var bytes = new byte[piece.content().readableBytes()];
                piece.content().readBytes(bytes);
                body.writeBytes(bytes);
                if (message instanceof LastHttpContent) {
                    answered(ctx);
                }
            }
        }

        /** Some do not read on at once. */
        private void dawdle(ChannelHandlerContext ctx) {
            if (current != null && Math.floorMod(current.nonce.hashCode(), 7) == 0) {
                ctx.channel().config().setAutoRead(false);
                net.after(DAWDLE_NANOS, () -> ctx.channel().config().setAutoRead(true));
            }
        }

        private void answered(ChannelHandlerContext ctx) {
            var ask = current;
            var answer = head;
            if (ask == null || answer == null) {
                history.violation("an answer to nothing");
                ctx.close();
                return;
            }
            current = null;
            ask.answers++;
            ask.status = answer.status().code();
            ask.settledAt = net.now();
            check(ask, answer.headers(), body.toString(StandardCharsets.ISO_8859_1));
            history.note("answered " + ask.nonce + " " + ask.status, net.now());
            // What closes by now must be seen before it is used again.
            ctx.channel().config().setAutoRead(true);
            if (HttpUtil.isKeepAlive(answer)) {
                idle.push(this);
            } else {
                ctx.close();
            }
        }

        private void check(Ask ask, HttpHeaders headers, String text) {
            var nonce = headers.get("x-nonce");
            if (nonce == null && ask.status == 200 && ask.isAnswer(text)) {
                return;
            }
            if (nonce == null) {
                ask.note = text;
                if (ask.status < 400 || INSIDE.matcher(text).find()) {
                    history.violation("not an answer: " + ask);
                }
                return;
            }
            var asked = nonce.equals(ask.nonce) ? ask : history.find(nonce);
            boolean own = asked == ask || (asked != null && ask.mayShare(asked));
            own &= ask.path.equals(headers.get("x-path"));
            own &= headers.get("x-identity", "").equals(ask.identity == null ? "-" : ask.identity);
            if (own && asked != ask) {
                history.shared();
            }
            if (!own || !text.startsWith(nonce + " ")) {
                history.violation("somebody else's answer (" + nonce + "): " + ask);
            } else if (!text.startsWith(nonce + " " + Ask.sum(ask.body) + " ")) {
                history.violation("the service got another body: " + ask);
            } else if (text.length() != headers.getInt("x-length", -1)) {
                history.violation("the answer is not whole: " + ask);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            idle.remove(this);
            var ask = current;
            current = null;
            if (ask != null && !ask.settled()) {
                ask.settledAt = net.now();
                ask.brokenOff = head != null;
                ask.lost = head == null;
                history.note("broken " + ask.nonce, net.now());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!SimNetwork.isUsual(cause)) {
                net.failed(cause);
            }
            ctx.close();
        }
    }
}
