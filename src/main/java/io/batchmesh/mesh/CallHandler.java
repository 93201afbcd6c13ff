package io.batchmesh.mesh;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link CallPool}. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, which is handled
final class CallHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final CallPool pool;
    private final byte[] start = new byte[CallPool.KEPT];
    private int kept;
    private long deadline;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Call call;
    private @Nullable HttpResponse response;
    private boolean dead;

    CallHandler(CallPool pool) {
        super(HttpObject.class, true);
        this.pool = pool;
    }

    void send(Call next, long deadline) {
        this.deadline = deadline;
        call = next;
        if (context != null) {
            write(context, next);
        }
    }

    boolean overdue(long now) {
        return call != null && now - deadline >= 0;
    }

    /** Ends the call as failed, and the connection. */
    void fail(String reason) {
        if (!dead) {
            dead = true;
            pool.gone(this);
        }
        var failing = call;
        call = null;
        if (failing != null) {
            failing.failed(reason);
        }
        close();
    }

    void close() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (dead) {
            ctx.close();
        } else if (call != null) {
            write(ctx, call);
        }
    }

    private void write(ChannelHandlerContext ctx, Call next) {
        kept = 0;
        response = null;
        next.written(pool.nanos());
        ctx.writeAndFlush(next.request());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            fail("no HTTP: " + message.decoderResult().cause().getMessage());
            return;
        }
        if (message instanceof HttpResponse head) {
            response = head;
        }
        if (message instanceof HttpContent content) {
            keep(content);
        }
        if (message instanceof LastHttpContent && response != null && call != null) {
            finish(response, call);
        }
    }

    private void keep(HttpContent content) {
        int more = Math.min(start.length - kept, content.content().readableBytes());
        content.content().getBytes(content.content().readerIndex(), start, kept, more);
        kept += more;
    }

    private void finish(HttpResponse head, Call done) {
        if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        call = null;
        var text = new String(start, 0, kept, StandardCharsets.ISO_8859_1);
        var answer = new Call.Answer(head.status().code(), text, shared(head));
        if (HttpUtil.isKeepAlive(head)) {
            pool.free(this);
        } else {
            dead = true;
            pool.gone(this);
            close();
        }
        done.answered(answer, pool.nanos());
    }

    private static boolean shared(HttpResponse head) {
        if (head.headers().contains("age")) {
            return true;
        }
        var status = head.headers().get("cache-status");
        if (status == null) {
            return false;
        }
        var lower = status.toLowerCase(Locale.ROOT);
        return lower.contains("hit") || lower.contains("collapsed");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("the connection was closed before the answer was complete");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(String.valueOf(cause.getMessage()));
    }
}
