package io.batchmesh.proxy.http;

import io.batchmesh.proxy.loop.Schedule;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * A call of the sidecar's own, of which only the status matters: the body is thrown away, and a
 * long one is not waited for. Ends once, by {@link #answered} or by {@link #unanswered}, unless it
 * is given up. Confined to the event loop of its pool.
 */
public abstract class StatusCall implements Call {
    private static final int MAX_BODY = 64 << 10;

    private final CallPool pool;
    private final Schedule schedule;
    private final long timeoutNanos;
    private Schedule.@Nullable Handle timeout;
    private @Nullable ClientConnection connection;
    private int status;
    private int size;
    private boolean over;

    /**
     * A call that is not made before {@link #begin}.
     *
     * @param timeoutNanos for all of it, with the wait for a connection
     */
    protected StatusCall(CallPool pool, Schedule schedule, long timeoutNanos) {
        this.pool = pool;
        this.schedule = schedule;
        this.timeoutNanos = timeoutNanos;
    }

    /** What is asked. */
    protected abstract FullHttpRequest request();

    /**
     * An answer came.
     *
     * @param whole whether it is not longer than what is read
     */
    protected abstract void answered(int status, boolean whole);

    /** No answer came. */
    protected abstract void unanswered(String why);

    /** Makes the call, once. */
    public final void begin() {
        timeout = schedule.after(timeoutNanos, this::late);
        pool.submit(this);
    }

    /** Takes the call back: it is not sent any more, or its connection is closed. */
    public final void giveUp() {
        stopWaiting();
        if (connection == null) {
            pool.withdraw(this);
        } else if (!over) {
            connection.abort();
        }
    }

    @Override
    public final void connected(ClientConnection ready) {
        connection = ready;
        ready.send(request());
    }

    @Override
    public final void head(HttpResponse head) {
        status = head.status().code();
    }

    @Override
    public final void content(HttpContent piece) {
        size += piece.content().readableBytes();
        boolean last = piece instanceof LastHttpContent;
        piece.release();
        if (last) {
            end(true);
        } else if (size > MAX_BODY) {
            giveUp();
            end(false);
        }
    }

    private void end(boolean whole) {
        if (first()) {
            answered(status, whole);
        }
    }

    @Override
    public final void failed(CallFailure failure) {
        fail(failure.detail());
    }

    private void late() {
        giveUp();
        fail("does not answer");
    }

    private void fail(String why) {
        if (first()) {
            unanswered(why);
        }
    }

    private void stopWaiting() {
        if (timeout != null) {
            timeout.cancel();
        }
    }

    private boolean first() {
        stopWaiting();
        boolean first = !over;
        over = true;
        return first;
    }
}
