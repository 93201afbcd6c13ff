package io.batchmesh.proxy;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.time.Clocks;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Event loops that all tests of this package share, sidecars on them, and waiting for them. */
final class Loops {
    static final EventLoopGroup GROUP =
            Transport.newLoops(2, new DefaultThreadFactory("test-loop", true));
    static final SidecarParts PARTS =
            new SidecarParts(GROUP, new Clocks(InstantSource.system(), System::nanoTime));

    private Loops() {}

    /** A sidecar through which a service calls. */
    static Sidecar front(LinkConfig... links) throws IOException {
        return Sidecar.start(Configs.caller(links), PARTS);
    }

    /** A sidecar before a service. */
    static Sidecar back(String service) throws IOException {
        return Sidecar.start(Configs.called(service), PARTS);
    }

    /** A link to the inbound listener of a sidecar. */
    static LinkConfig to(Sidecar back, BatchWindow window) {
        return Configs.link(address(back), Peer.SIDECAR, window);
    }

    static String address(Sidecar back) {
        return "127.0.0.1:" + back.inboundAddress().getPort();
    }

    /** Listens on a free port of this machine, and hands every connection to {@code arrived}. */
    static Channel listen(EventLoopGroup loops, Consumer<Channel> arrived) {
        return Transport.of(loops)
                .server(loops.next())
                .childHandler(initializer(arrived))
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Opens an HTTP/1.1 connection whose whole replies go to a handler. */
    static void call(
            EventLoopGroup loops, EventLoop loop, InetSocketAddress to, ChannelHandler replies) {
        Consumer<Channel> codec =
                channel ->
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(64 << 20))
                                .addLast(replies);
        Transport.of(loops).client(loop).handler(initializer(codec)).connect(to);
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> init) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                init.accept(channel);
            }
        };
    }

    /** Waits until something holds, at most ten seconds; whether it does. */
    static boolean soon(BooleanSupplier holds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }
}
