package io.batchmesh.proxy.http;

import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.tls.ClientTls;
import io.batchmesh.proxy.tls.Offer;
import io.batchmesh.time.Ticker;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections by HTTP/1.1 to one upstream, kept alive between calls. */
public final class ConnectionPool implements CallPool, ConnectionOwner {
    /** Shorter than what servers usually keep, so that a request rarely meets a dying one. */
    private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final Lane lane;
    private final Bootstrap bootstrap;
    private final SocketAddress address;
    private final @Nullable ClientTls tls;
    private final Ticker ticker;
    private final Deque<ClientConnection> idle = new ArrayDeque<>();
    private final Set<ClientConnection> open = new HashSet<>();
    private final Deque<Call> waiting = new ArrayDeque<>();
    private int connecting;
    private int maxConnections;
    private int maxWaiting;
    private boolean closed;
    private boolean aborted;

    /** A pool of clear-text connections that live on the lane. */
    public ConnectionPool(Lane lane, SocketAddress address) {
        this(lane, Dial.plain(address));
    }

    /**
     * A pool whose connections live on the lane.
     *
     * @param dial whom they reach; HTTP/1.1 is spoken, whatever it says
     */
    public ConnectionPool(Lane lane, Dial dial) {
        this.lane = lane;
        this.tls = dial.tls();
        this.address = dial.address();
        this.ticker = lane.ticker();
        this.maxConnections = 1024;
        this.maxWaiting = 1024;
        this.bootstrap = lane.client().clone().handler(new Initializer(this, lane.busyHandler()));
    }

    /** Adds the codec and the connection itself. */
    private static final class Initializer extends ChannelInitializer<Channel> {
        private final ConnectionPool pool;
        private final ChannelHandler first;

        private Initializer(ConnectionPool pool, ChannelHandler first) {
            this.pool = pool;
            this.first = first;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(first);
            if (pool.tls != null) {
                pool.tls.addTo(channel, Offer.HTTP1);
            }
            channel.pipeline()
                    .addLast(ClientCodecs.codec())
                    .addLast(new ClientConnection(pool, channel));
        }
    }

    @Override
    public void limits(int connections, int waitingCalls) {
        maxConnections = connections;
        maxWaiting = waitingCalls;
    }

    @Override
    public int connections() {
        return open.size() + connecting;
    }

    @Override
    public int waiting() {
        return waiting.size();
    }

    @Override
    public void submit(Call call) {
        var connection = pollIdle();
        if (connection != null) {
            connection.start(call);
        } else if (aborted || waiting.size() >= maxWaiting + connecting) {
            call.failed(
                    new CallFailure(
                            CallFailure.Kind.OVERFLOW,
                            waiting.size() + " calls wait for a connection already",
                            false));
        } else {
            waiting.add(call);
            if (connections() < maxConnections) {
                connect();
            }
        }
    }

    @Override
    public void withdraw(Call call) {
        waiting.remove(call);
    }

    private @Nullable ClientConnection pollIdle() {
        while (!idle.isEmpty()) {
            var connection = idle.pop();
            if (connection.isActive() && ticker.nanos() - connection.idleSince() < MAX_IDLE_NANOS) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    private void connect() {
        connecting++;
        Transport.connect(bootstrap, lane.loop(), address, this::connected);
    }

    private void connected(ChannelFuture future) {
        if (!future.isSuccess()) {
            connecting--;
            refused(CallFailure.why(future.cause()));
        } else if (tls == null) {
            ready(future.channel(), null);
        } else {
            tls.whenReady(future.channel(), Offer.HTTP1, why -> ready(future.channel(), why));
        }
    }

    /** A connection is open, and secured where it must be, or is of no use. */
    private void ready(Channel channel, @Nullable String obstacle) {
        connecting--;
        var connection = channel.pipeline().get(ClientConnection.class);
        if (obstacle != null || connection == null || !connection.isActive()) {
            refused(obstacle == null ? "closed at once" : obstacle);
            return;
        }
        open.add(connection);
        release(connection);
    }

    private void refused(String cause) {
        var call = waiting.poll();
        if (call != null) {
            var detail = "no connection to " + address + ": " + cause;
            call.failed(new CallFailure(CallFailure.Kind.CONNECT, detail, false));
        }
        topUp();
    }

    @Override
    public void release(ClientConnection connection) {
        var call = waiting.poll();
        if (call != null) {
            connection.start(call);
        } else if (closed) {
            connection.close();
        } else {
            connection.idleSince(ticker.nanos());
            idle.push(connection);
        }
    }

    @Override
    public void closed(ClientConnection connection) {
        open.remove(connection);
        idle.remove(connection);
        topUp();
    }

    private void topUp() {
        if (waiting.size() > connecting && connections() < maxConnections) {
            connect();
        }
    }

    @Override
    public void sweep() {
        long now = ticker.nanos();
        while (!idle.isEmpty() && now - idle.peekLast().idleSince() > MAX_IDLE_NANOS) {
            idle.removeLast().close();
        }
    }

    @Override
    public void renew() {
        open.forEach(ClientConnection::noReuse);
        List.copyOf(idle).forEach(ClientConnection::close);
        idle.clear();
    }

    @Override
    public void finish() {
        closed = true;
        List.copyOf(idle).forEach(ClientConnection::close);
        idle.clear();
    }

    @Override
    public void abort() {
        aborted = true;
        finish();
        List.copyOf(open).forEach(ClientConnection::close);
    }
}
