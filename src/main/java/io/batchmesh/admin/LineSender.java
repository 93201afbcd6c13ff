package io.batchmesh.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the lines of one answer as they come: no more of them are asked for until the connection
 * has taken those before, so that a slow reader costs no memory. Confined to the connection's event
 * loop; the lines are made by the worker.
 */
final class LineSender {
    private static final Logger LOG = LoggerFactory.getLogger(LineSender.class);
    private static final long PAUSE_MILLIS = 100;

    private final ChannelHandlerContext context;
    private final AdminRuntime runtime;
    private final ConnectionDeadline deadline;
    private final AdminLines lines;

    /** Sends nothing yet; the head is out before {@link #start}. */
    LineSender(
            ChannelHandlerContext context,
            AdminRuntime runtime,
            ConnectionDeadline deadline,
            AdminLines lines) {
        this.context = context;
        this.runtime = runtime;
        this.deadline = deadline;
        this.lines = lines;
    }

    void start() {
        step();
    }

    /** The connection is gone. */
    void stop() {
        lines.close();
    }

    private void step() {
        if (!context.channel().isActive()) {
            stop();
            return;
        }
        try {
            runtime.worker()
                    .execute(() -> runtime.meter().run(ActivityMeter.Activity.MONITOR, this::make));
        } catch (RejectedExecutionException e) {
            var _ = context.close();
        }
    }

    private void make() {
        var made = made();
        try {
            context.executor().execute(() -> send(made));
        } catch (RejectedExecutionException e) {
            stop();
        }
    }

    private byte @Nullable [] made() {
        try {
            return lines.next();
        } catch (RuntimeException e) {
            // The boundary: a fault of ours ends this answer and nothing else.
            LOG.error("An answer ended by a fault of the program", e);
            return null;
        }
    }

    private void send(byte @Nullable [] made) {
        if (made == null) {
            stop();
            deadline.sending(context);
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                    .addListener(written -> context.close());
        } else if (made.length == 0) {
            later();
        } else {
            deadline.sending(context);
            context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(made)))
                    .addListener(written -> {
                        deadline.stop();
                        if (written.isSuccess()) {
                            later();
                        } else {
                            var _ = context.close();
                        }
                    });
        }
    }

    private void later() {
        try {
            var _ = context.executor().schedule(this::step, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            stop();
        }
    }
}
