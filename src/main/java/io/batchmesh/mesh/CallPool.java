package io.batchmesh.mesh;

import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.time.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 calls to one address over connections that are kept open, one call at a time on each. A
 * call that finds no free connection and no room for another one is refused at once; none waits in
 * a queue, and none takes longer than the time limit. Confined to its event loop, except {@link
 * #close}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, which is handled
final class CallPool implements AutoCloseable {
    /** Bytes of an answer's body that are kept. */
    static final int KEPT = 256;

    private static final Duration SWEEP = Duration.ofMillis(500);

    private final EventLoop loop;
    private final InetSocketAddress to;
    private final Limits limits;
    private final Ticker ticker;
    private final ArrayDeque<CallHandler> idle = new ArrayDeque<>();
    private final Set<CallHandler> busy = new LinkedHashSet<>();
    private boolean sweeping;
    private volatile boolean closed;

    /**
     * Bounds of a pool.
     *
     * @param connections how many at most, and so how many calls at a time
     * @param timeout the longest that a call may take, connecting included
     */
    record Limits(int connections, Duration timeout) {}

    CallPool(EventLoop loop, InetSocketAddress to, Limits limits, Ticker ticker) {
        this.loop = loop;
        this.to = to;
        this.limits = limits;
        this.ticker = ticker;
    }

    /** Sends a call; false, without having touched it, when there is no room. */
    boolean send(Call call) {
        if (closed) {
            return false;
        }
        var connection = idle.pollLast();
        if (connection == null) {
            if (busy.size() >= limits.connections()) {
                return false;
            }
            connection = new CallHandler(this);
            open(connection);
        }
        busy.add(connection);
        connection.send(call, ticker.nanos() + limits.timeout().toNanos());
        sweepLater();
        return true;
    }

    int busy() {
        return busy.size();
    }

    long nanos() {
        return ticker.nanos();
    }

    private void open(CallHandler connection) {
        var client = Sockets.client(loop, channel -> init(channel, connection));
        Transport.connect(client, loop, to, opened -> opened(opened, connection));
    }

    private static void init(Channel channel, CallHandler connection) {
        channel.pipeline().addLast(new HttpClientCodec(), connection);
    }

    private static void opened(ChannelFuture connected, CallHandler connection) {
        var cause = connected.cause();
        if (cause != null) {
            connection.fail("cannot connect: " + cause.getMessage());
        }
    }

    /** A connection has answered and may be used again. */
    void free(CallHandler connection) {
        if (busy.remove(connection) && !closed) {
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    /** A connection is of no more use. */
    void gone(CallHandler connection) {
        busy.remove(connection);
        idle.remove(connection);
    }

    /** Looks after calls that take too long; runs only while there are any. */
    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            loop.schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long now = ticker.nanos();
        for (var connection : new ArrayList<>(busy)) {
            if (closed || connection.overdue(now)) {
                connection.fail(closed ? "closed" : "no answer within " + limits.timeout());
            }
        }
        if (!busy.isEmpty()) {
            sweepLater();
        }
    }

    /** Ends all calls as failed and closes the connections, soon after. May be called anywhere. */
    @Override
    public void close() {
        closed = true;
        loop.execute(() -> {
            sweep();
            new ArrayList<>(idle).forEach(CallHandler::close);
            idle.clear();
        });
    }
}
