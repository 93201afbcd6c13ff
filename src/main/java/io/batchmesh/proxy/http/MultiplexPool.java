package io.batchmesh.proxy.http;

import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.tls.Offer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections by HTTP/2 to one upstream. Calls share one until it has no room; then another is
 * opened. Nothing is sent before the upstream has said that it speaks HTTP/2 (its SETTINGS).
 */
final class MultiplexPool implements CallPool {
    /** Streams on one connection, whatever the upstream would allow. */
    static final long MOST = 256;

    private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SETTINGS_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Lane lane;
    private final Dial dial;
    private final Bootstrap bootstrap;
    private final List<ClientMultiplex> open = new ArrayList<>();
    private final Deque<Call> waiting = new ArrayDeque<>();
    private @Nullable ClientMultiplex greeting;
    private boolean connecting;
    private int maxConnections = 1024;
    private int maxWaiting = 1024;
    private boolean closed;
    private boolean aborted;

    MultiplexPool(Lane lane, Dial dial) {
        this.lane = lane;
        this.dial = dial;
        this.bootstrap =
                lane.client()
                        .clone()
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        init(channel);
                                    }
                                });
    }

    private void init(Channel channel) {
        channel.pipeline().addLast(lane.busyHandler());
        if (dial.tls() != null) {
            dial.tls().addTo(channel, Offer.H2);
        }
    }

    long nanos() {
        return lane.ticker().nanos();
    }

    @Override
    public void limits(int connections, int waitingCalls) {
        maxConnections = connections;
        maxWaiting = waitingCalls;
    }

    @Override
    public int connections() {
        return open.size() + (connecting ? 1 : 0);
    }

    @Override
    public int waiting() {
        return waiting.size();
    }

    @Override
    public void submit(Call call) {
        var connection = waiting.isEmpty() ? roomy() : null;
        if (connection != null) {
            connection.start(call);
        } else if (aborted || waiting.size() >= maxWaiting) {
            call.failed(
                    new CallFailure(
                            CallFailure.Kind.OVERFLOW,
                            waiting.size() + " calls wait for a stream already",
                            false));
        } else {
            waiting.add(call);
            topUp();
        }
    }

    @Override
    public void withdraw(Call call) {
        waiting.remove(call);
    }

    private @Nullable ClientMultiplex roomy() {
        for (var connection : open) {
            if (connection.hasRoom()) {
                return connection;
            }
        }
        return null;
    }

    private void topUp() {
        if (!connecting && !waiting.isEmpty() && open.size() < maxConnections) {
            connecting = true;
            Transport.connect(bootstrap, lane.loop(), dial.address(), this::connected);
        }
    }

    private void connected(ChannelFuture future) {
        var tls = dial.tls();
        if (!future.isSuccess()) {
            refused(CallFailure.why(future.cause()));
        } else if (tls == null) {
            greet(future.channel());
        } else {
            tls.whenReady(
                    future.channel(),
                    Offer.H2,
                    why -> {
                        if (why == null) {
                            greet(future.channel());
                        } else {
                            refused(why);
                        }
                    });
        }
    }

    private void greet(Channel channel) {
        if (!channel.isActive()) {
            refused("closed at once");
            return;
        }
        var connection = ClientMultiplex.speak(this, channel);
        greeting = connection;
        lane.schedule()
                .after(
                        SETTINGS_NANOS,
                        () -> {
                            if (!connection.isReady()) {
                                closed(connection, "the upstream does not answer by HTTP/2");
                                connection.close();
                            }
                        });
    }

    /** A connection has said that it speaks HTTP/2. */
    void ready(ClientMultiplex connection) {
        if (connection.equals(greeting)) {
            greeting = null;
            connecting = false;
            open.add(connection);
        }
        if (aborted) {
            connection.close();
        }
    }

    /** There may be room for calls that wait. */
    void roomMade() {
        while (!waiting.isEmpty()) {
            var connection = roomy();
            if (connection == null) {
                topUp();
                return;
            }
            connection.start(waiting.remove());
        }
        if (closed) {
            open.stream().filter(ClientMultiplex::isIdle).toList().forEach(ClientMultiplex::close);
        }
    }

    /** A connection is gone, or never came to be one. */
    void closed(ClientMultiplex connection, String why) {
        if (connection.equals(greeting)) {
            greeting = null;
            refused(why);
        } else if (open.remove(connection)) {
            topUp();
        }
    }

    private void refused(String why) {
        connecting = false;
        var lost = List.copyOf(waiting);
        waiting.clear();
        var detail = "no connection to " + dial.address() + ": " + why;
        lost.forEach(c -> c.failed(new CallFailure(CallFailure.Kind.CONNECT, detail, false)));
    }

    @Override
    public void sweep() {
        long now = nanos();
        for (var connection : List.copyOf(open)) {
            if (connection.isIdle() && now - connection.idleSince() > MAX_IDLE_NANOS) {
                connection.leave();
            }
        }
    }

    @Override
    public void renew() {
        List.copyOf(open).forEach(ClientMultiplex::leave);
    }

    @Override
    public void finish() {
        closed = true;
        roomMade();
    }

    @Override
    public void abort() {
        aborted = true;
        finish();
        List.copyOf(open).forEach(ClientMultiplex::close);
    }
}
