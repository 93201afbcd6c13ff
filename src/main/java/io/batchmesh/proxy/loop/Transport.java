package io.batchmesh.proxy.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.ThreadFactory;

/** The kind of sockets that fits an event loop: epoll where there is, else NIO. */
public final class Transport {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int BACKLOG = 1024;
    private static final long UNSENT_BYTES = 64 << 10;

    private final Class<? extends SocketChannel> socket;
    private final Class<? extends ServerChannel> server;

    private Transport(
            Class<? extends SocketChannel> socket, Class<? extends ServerChannel> server) {
        this.socket = socket;
        this.server = server;
    }

    /** Event loops of the best kind that this machine has. */
    public static EventLoopGroup newLoops(int threads, ThreadFactory factory) {
        return new MultiThreadIoEventLoopGroup(
                threads,
                factory,
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** The sockets for these loops. */
    public static Transport of(EventLoopGroup loops) {
        boolean epoll =
                Epoll.isAvailable()
                        && loops instanceof IoEventLoopGroup group
                        && group.isIoType(EpollIoHandler.class);
        return epoll
                ? new Transport(EpollSocketChannel.class, EpollServerSocketChannel.class)
                : new Transport(NioSocketChannel.class, NioServerSocketChannel.class);
    }

    /**
     * Whether an exception says that a connection broke, rather than that something is wrong with
     * this program. Epoll says "not yet connected" of a socket that was connected and then reset
     * (the system's ENOTCONN).
     */
    public static boolean isBreak(Throwable cause) {
        return cause instanceof IOException || cause instanceof NotYetConnectedException;
    }

    /** A client whose connections all live on {@code loop}. */
    public Bootstrap client(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(socket)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
    }

    /**
     * Connects at the end of the loop's turn, never amid the events of one. A socket that is opened
     * there may get the number of one that was closed in the same turn, and then Netty's epoll loop
     * hands it the events that still waited for that one: it reads, is told that it is not
     * connected, and is closed before it connects.
     */
    public static void connect(
            Bootstrap client, EventLoop loop, SocketAddress to, ChannelFutureListener then) {
        loop.execute(() -> client.connect(to).addListener(then));
    }

    /**
     * Lets the kernel of a stream's socket hold little that is not on the wire, so that a slow link
     * shows as a busy socket and batches grow instead of waiting in a buffer. Without epoll nothing
     * happens.
     */
    public static void keepLittleUnsent(Channel stream) {
        if (stream instanceof EpollSocketChannel) {
            stream.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
        }
    }

    /** A server whose connections all live on {@code loop}. */
    public ServerBootstrap server(EventLoop loop) {
        return new ServerBootstrap()
                .group(loop, loop)
                .channel(server)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    }
}
