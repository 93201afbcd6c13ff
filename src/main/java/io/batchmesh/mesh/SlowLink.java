package io.batchmesh.mesh;

import io.batchmesh.time.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A wire between two hosts, as a TCP relay on loopback: whoever connects to {@link #address} talks
 * to the callee over a wire with delay and bandwidth. All connections share the wire's bandwidth,
 * first come, first served; nothing is lost. A connection is set up in one round trip, like TCP's
 * handshake (RFC 9293, section 3.5). Slow start, packet headers and losses are not simulated: delay
 * and rate are those of payload bytes.
 *
 * <p>Bytes held are bounded by 512 KiB of queue and 16 MiB in flight for each direction; beyond
 * that the relay stops reading. May be used from any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
public final class SlowLink implements AutoCloseable {
    private static final int SOCKET_BUFFER = 64 << 10;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final Wire wire;
    private final InetSocketAddress callee;
    private final EventLoop loop;
    private final ChannelGroup channels;
    private final WireDirection there;
    private final WireDirection back;
    private final Channel server;

    private SlowLink(Wire wire, InetSocketAddress callee, EventLoop loop, Ticker ticker) {
        this.wire = wire;
        this.callee = callee;
        this.loop = loop;
        channels = new DefaultChannelGroup(loop, true);
        there = new WireDirection(wire, loop, ticker);
        back = new WireDirection(wire, loop, ticker);
        server =
                Sockets.bindLoopback(
                        Sockets.server(loop, this::accept)
                                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                                .childOption(ChannelOption.AUTO_READ, false)
                                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true));
        channels.add(server);
    }

    /**
     * Opens the relay on a free port of loopback. Not to be called on an event loop.
     *
     * @param loop carries all of its connections
     * @param ticker the clock of the wire
     */
    public static SlowLink open(
            Wire wire, InetSocketAddress callee, EventLoop loop, Ticker ticker) {
        return new SlowLink(wire, callee, loop, ticker);
    }

    /** Where to connect to. */
    public InetSocketAddress address() {
        return Sockets.addressOf(server);
    }

    /** Bytes of payload that have entered the wire so far, both ways together. */
    public long carriedBytes() {
        return there.carriedBytes() + back.carriedBytes();
    }

    private void accept(Channel near) {
        if (!channels.add(near)) {
            near.close();
            return;
        }
        var nearEnd = new WireEnd(near, there);
        near.pipeline().addLast(nearEnd);
        long handshake = 2 * wire.delay().toNanos();
        loop.schedule(() -> connect(near, nearEnd), handshake, TimeUnit.NANOSECONDS);
    }

    private void connect(Channel near, WireEnd nearEnd) {
        if (!near.isActive()) {
            nearEnd.close();
            return;
        }
        Sockets.client(loop, channels::add)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .connect(callee)
                .addListener((ChannelFuture connected) -> joined(connected, nearEnd));
    }

    private void joined(ChannelFuture connected, WireEnd nearEnd) {
        if (!connected.isSuccess()) {
            nearEnd.close();
            return;
        }
        var far = connected.channel();
        var farEnd = new WireEnd(far, back);
        far.pipeline().addLast(farEnd);
        WireEnd.join(nearEnd, farEnd);
    }

    /** Closes all connections; waits at most a second. Not to be called on an event loop. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly(CLOSE_WITHIN.toMillis());
        loop.submit(
                        () -> {
                            there.close();
                            back.close();
                        })
                .awaitUninterruptibly(CLOSE_WITHIN.toMillis());
    }
}
