package io.batchmesh.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a connection gets on: a request must arrive whole within its time, whatever the
 * pace of its bytes, and an answer must be taken. Stands before the decoder; runs on the
 * connection's event loop.
 */
final class ConnectionDeadline extends ChannelInboundHandlerAdapter {
    private final AdminSettings.Limits limits;
    private @Nullable Future<?> timer;
    private boolean waiting = true;

    ConnectionDeadline(AdminSettings.Limits limits) {
        this.limits = limits;
    }

    /** Which time was over. */
    enum Missed {
        /** For a request to arrive. */
        REQUEST,
        /** For anything to happen. */
        IDLE
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        idle(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (waiting) {
            waiting = false;
            start(context, limits.request(), Missed.REQUEST);
        }
        context.fireChannelRead(bytes);
    }

    /** The next request may come. */
    void idle(ChannelHandlerContext context) {
        waiting = true;
        start(context, limits.idle(), Missed.IDLE);
    }

    /** An answer is on its way. */
    void sending(ChannelHandlerContext context) {
        start(context, limits.request(), Missed.IDLE);
    }

    /** The request is being handled; that is our time, not the caller's. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void start(ChannelHandlerContext context, Duration time, Missed missed) {
        stop();
        timer =
                context.executor()
                        .schedule(
                                () -> {
                                    context.pipeline().fireUserEventTriggered(missed);
                                },
                                time.toNanos(),
                                TimeUnit.NANOSECONDS);
    }
}
