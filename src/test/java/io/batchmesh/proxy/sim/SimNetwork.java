package io.batchmesh.proxy.sim;

import io.batchmesh.time.Ticker;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.util.concurrent.MockTicker;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts, listeners and sockets on one event loop whose time passes only here: from one thing that
 * is due to the next, so that hours cost nothing and the same seed gives the same run.
 */
final class SimNetwork {
    /** What a path is like: one way's delay, what may be on the way, the largest piece. */
    record Wire(long latencyNanos, int window, int segment) {}

    private record Listener(String host, Consumer<Channel> accept) {}

    private static final int LEAST_WINDOW = 200;
    private static final boolean TRACE = Boolean.getBoolean("schedule.trace");

    private final MockTicker clock = io.netty.util.concurrent.Ticker.newMockTicker();
    private final EmbeddedChannel driver = EmbeddedChannel.builder().ticker(clock).build();
    private final UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(false);
    private final Map<SocketAddress, Listener> listeners = new HashMap<>();
    private final Set<SimSocket> open = new LinkedHashSet<>();
    private final SplittableRandom random;
    private final Wire usual;
    private final List<Throwable> faults = new ArrayList<>();
    private int sockets;

    SimNetwork(SplittableRandom random, Wire usual) {
        this.random = random;
        this.usual = usual;
    }

    EventLoop loop() {
        return driver.eventLoop();
    }

    Ticker ticker() {
        return clock::nanoTime;
    }

    long now() {
        return clock.nanoTime();
    }

    UnpooledByteBufAllocator alloc() {
        return alloc;
    }

    /** Bytes of buffers that nobody has given back. */
    long usedBytes() {
        return alloc.metric().usedHeapMemory() + alloc.metric().usedDirectMemory();
    }

    /** Runs something after so many nanoseconds. */
    void after(long nanos, Runnable task) {
        loop().schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    /** Somebody takes connections. */
    void listen(SocketAddress address, String host, Consumer<Channel> accept) {
        listeners.put(address, new Listener(host, accept));
    }

    void unlisten(SocketAddress address) {
        listeners.remove(address);
    }

    /** What a host connects with. */
    Bootstrap client(String host) {
        return new Bootstrap()
                .group(loop())
                .channelFactory(() -> new SimSocket(this, host, ++sockets))
                .option(ChannelOption.ALLOCATOR, alloc)
                .disableResolver();
    }

    /** A connection for a test's own client. */
    void connect(String host, SocketAddress to, ChannelInitializer<Channel> handler) {
        client(host).handler(handler).connect(to);
    }

    /** The other end of a new connection; null when nobody listens. */
    @Nullable SimSocket accept(SimSocket from, SocketAddress to) {
        var listener = listeners.get(to);
        if (listener == null) {
            return null;
        }
        var made = new SimSocket(this, listener.host(), ++sockets);
        made.join(from);
        made.config().setAllocator(alloc);
        made.pipeline()
                .addLast(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                listener.accept().accept(channel);
                            }
                        });
        loop().register(made);
        return made;
    }

    /** The path of a new connection: mostly as usual. */
    Wire wire(String host) {
        if (host.equals(SimCallers.HOST) || random.nextInt(8) > 0) {
            return usual;
        }
        long latency = 1 + random.nextLong(3 * usual.latencyNanos() + 1);
        return new Wire(
                latency, LEAST_WINDOW + random.nextInt(2 * usual.window()), usual.segment());
    }

    void opened(SimSocket socket) {
        open.add(socket);
    }

    void closed(SimSocket socket) {
        open.remove(socket);
    }

    /** The open sockets of a host. */
    List<SimSocket> of(String host) {
        return open.stream().filter(s -> s.host().equals(host)).toList();
    }

    int openSockets() {
        return open.size();
    }

    /** A host falls over: its sockets are reset and nobody listens. */
    void kill(String host) {
        listeners.values().removeIf(l -> l.host().equals(host));
        of(host).forEach(SimSocket::kill);
    }

    /** Whether a connection that breaks may look like this to whoever uses it. */
    static boolean isUsual(Throwable cause) {
        return cause instanceof IOException || cause instanceof PrematureChannelClosureException;
    }

    /** Says what goes over the wire, with {@code -Dschedule.trace=true}; null for a close. */
    void trace(String from, String to, byte @Nullable [] bytes) {
        if (TRACE) {
            var text = bytes == null ? "closes" : new String(bytes, StandardCharsets.ISO_8859_1);
            var shown = text.replaceAll("[^ -~]+", "~");
            System.err.printf(
                    "%.3f %s -> %s: %s%n",
                    now() / 1e6, from, to, shown.substring(0, Math.min(240, shown.length())));
        }
    }

    void failed(Throwable cause) {
        faults.add(cause);
    }

    /** What went wrong inside handlers and tasks. */
    List<Throwable> faults() {
        return faults;
    }

    /** Lets time pass until something holds, at most so long; whether it does. */
    boolean run(long nanos, BooleanSupplier until) {
        long end = now() + nanos;
        while (!until.getAsBoolean()) {
            do {
                driver.runPendingTasks();
            } while (driver.hasPendingTasks());
            long wait = driver.runScheduledPendingTasks();
            try {
                driver.checkException();
            } catch (RuntimeException | Error e) {
                faults.add(e);
            }
            long left = end - now();
            if (wait < 0 || wait > left) {
                clock.advance(left, TimeUnit.NANOSECONDS);
                return until.getAsBoolean();
            }
            clock.advance(Math.max(1, wait), TimeUnit.NANOSECONDS);
        }
        return true;
    }
}
