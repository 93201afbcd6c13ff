package io.batchmesh.mesh;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** Bootstraps that fit the event loop: native epoll where the loop has it, else NIO. */
final class Sockets {
    private static final int BACKLOG = 1024;
    private static final int CONNECT_MILLIS = 3000;
    private static final Duration BIND_WITHIN = Duration.ofSeconds(3);

    private Sockets() {}

    /** A server all of whose connections live on one loop, so that its state needs no locks. */
    static ServerBootstrap server(EventLoop loop, Consumer<Channel> init) {
        return new ServerBootstrap()
                .group(loop, loop)
                .channel(
                        epoll(loop) ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer(init));
    }

    static Bootstrap client(EventLoop loop, Consumer<Channel> init) {
        return new Bootstrap()
                .group(loop)
                .channel(epoll(loop) ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(initializer(init));
    }

    /**
     * Binds to a free port of loopback. Not to be called on an event loop.
     *
     * @throws IllegalStateException when the system gives none
     */
    static Channel bindLoopback(ServerBootstrap server) {
        var bound = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (!bound.awaitUninterruptibly(BIND_WITHIN.toMillis()) || !bound.isSuccess()) {
            throw new IllegalStateException("no free port on loopback", bound.cause());
        }
        return bound.channel();
    }

    static InetSocketAddress addressOf(Channel server) {
        return (InetSocketAddress) server.localAddress();
    }

    private static boolean epoll(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> init) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                init.accept(channel);
            }
        };
    }
}
