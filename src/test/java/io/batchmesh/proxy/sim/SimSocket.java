package io.batchmesh.proxy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A socket of the simulated network. It behaves as TCP does: bytes arrive in order and in pieces,
 * only so many are on the way, an end that does not read holds the other up, closing with bytes
 * unread resets, and it can be cut off after any byte.
 */
final class SimSocket extends AbstractChannel implements DuplexChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);
    private static final int READS = 16;

    private final SimNetwork net;
    private final String host;
    private final int number;
    private final DefaultChannelConfig config = new DefaultChannelConfig(this);
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private SimNetwork.Wire wire;
    private @Nullable SimSocket peer;
    private boolean active;
    private boolean closed;
    private boolean readPending;
    private boolean pumping;
    private boolean eof;
    private boolean outputShutdown;
    private int onTheWay;
    private long lastArrival;
    private long cutAfter = -1;
    private long stalledUntil;

    SimSocket(SimNetwork net, String host, int number) {
        super(null);
        this.net = net;
        this.host = host;
        this.number = number;
        this.wire = net.wire(host);
    }

    String host() {
        return host;
    }

    /** Whose socket is at the other end. */
    String other() {
        return peer == null ? "" : peer.host;
    }

    void join(SimSocket from) {
        peer = from;
        active = true;
        wire = from.wire;
        lastArrival = net.now();
        net.opened(this);
    }

    /** After so many further bytes the connection is reset. */
    void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    /** Nothing arrives at the other end before this time has passed. */
    void stall(long nanos) {
        stalledUntil = net.now() + nanos;
    }

    /** Falls over: both ends are reset. */
    void kill() {
        var other = peer;
        if (other != null && !closed) {
            net.after(wire.latencyNanos(), other::reset);
        }
        reset();
    }

    private void reset() {
        if (closed) {
            return;
        }
        arrived.clear();
        peer = null;
        pipeline().fireExceptionCaught(new IOException("Connection reset"));
        unsafe().close(unsafe().voidPromise());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        while (in.current() instanceof ByteBuf bytes) {
            if (peer == null) {
                throw new IOException("Broken pipe");
            }
            int room = Math.min(wire.segment(), wire.window() - onTheWay);
            int size = Math.min(bytes.readableBytes(), room);
            if (bytes.isReadable() && size <= 0) {
                return;
            }
            if (size > 0) {
                var copy = new byte[size];
                bytes.getBytes(bytes.readerIndex(), copy);
                in.removeBytes(size);
                send(copy);
            } else {
                in.remove();
            }
        }
    }

    private void send(byte[] bytes) {
        var other = peer;
        if (other == null) {
            return;
        }
        onTheWay += bytes.length;
        net.trace(host + "-" + number, other.host + "-" + other.number, bytes);
        if (cutAfter >= 0 && bytes.length >= cutAfter) {
            var some = java.util.Arrays.copyOf(bytes, (int) cutAfter);
            arrives(() -> other.receive(some));
            arrives(other::reset);
            net.loop().execute(this::reset);
            cutAfter = Long.MAX_VALUE;
            return;
        }
        cutAfter = cutAfter < 0 ? -1 : cutAfter - bytes.length;
        arrives(() -> other.receive(bytes));
    }

    /** In order, however the delay changes. */
    private void arrives(Runnable what) {
        long now = net.now();
        lastArrival = Math.max(lastArrival, Math.max(stalledUntil, now + wire.latencyNanos()));
        net.after(lastArrival - now, what);
    }

    private void receive(byte[] bytes) {
        if (closed) {
            var other = peer;
            if (other != null) {
                net.after(wire.latencyNanos(), other::reset);
            }
        } else if (bytes.length > 0) {
            arrived.add(bytes);
            pump();
        }
    }

    private void end() {
        eof = true;
        pump();
    }

    private void pump() {
        if (pumping || !isRegistered()) {
            return;
        }
        pumping = true;
        try {
            while (readPending && !closed && !arrived.isEmpty()) {
                readPending = false;
                int reads = 0;
                do {
                    read(arrived.remove());
                } while (++reads < READS && !arrived.isEmpty() && config.isAutoRead() && !closed);
                pipeline().fireChannelReadComplete();
            }
        } finally {
            pumping = false;
        }
        if (readPending && eof && arrived.isEmpty() && !closed) {
            unsafe().close(unsafe().voidPromise());
        }
    }

    private void read(byte[] bytes) {
        var other = peer;
        if (other != null) {
            other.onTheWay -= bytes.length;
            net.loop().execute(other::room);
        }
        pipeline()
                .fireChannelRead(config.getAllocator().heapBuffer(bytes.length).writeBytes(bytes));
    }

    private void room() {
        if (active && !closed) {
            ((Unsafe) unsafe()).goOn();
        }
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        if (!arrived.isEmpty() || eof) {
            net.loop().execute(this::pump);
        }
    }

    @Override
    protected void doClose() {
        if (closed) {
            return;
        }
        closed = true;
        active = false;
        net.trace(host + "-" + number, other(), null);
        net.closed(this);
        var other = peer;
        if (other != null && !outputShutdown) {
            arrives(arrived.isEmpty() ? other::end : other::reset);
        } else if (other != null && !arrived.isEmpty()) {
            arrives(other::reset);
        }
        arrived.clear();
    }

    @Override
    protected void doShutdownOutput() {
        outputShutdown = true;
        var other = peer;
        if (other != null) {
            arrives(other::end);
        }
    }

    private void dial(SocketAddress to, ChannelPromise promise) {
        net.after(
                wire.latencyNanos(),
                () -> {
                    var made = closed ? null : net.accept(this, to);
                    net.after(wire.latencyNanos(), () -> connected(made, promise));
                });
    }

    private void connected(@Nullable SimSocket made, ChannelPromise promise) {
        if (closed) {
            promise.tryFailure(new ClosedChannelException());
            if (made != null) {
                made.reset();
            }
        } else if (made == null || made.closed) {
            promise.tryFailure(new ConnectException("Connection refused"));
        } else {
            peer = made;
            active = true;
            lastArrival = Math.max(lastArrival, net.now());
            net.opened(this);
            promise.trySuccess();
            pipeline().fireChannelActive();
        }
    }

    /** The transport's side of it. */
    private final class Unsafe extends AbstractUnsafe {
        @Override
        public void connect(
                SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            if (promise.setUncancellable() && ensureOpen(promise)) {
                dial(to, promise);
            }
        }

        void goOn() {
            super.flush0();
        }
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Unsafe();
    }

    /** What reaches the end of a pipeline nobody has dealt with. */
    @Override
    protected DefaultChannelPipeline newChannelPipeline() {
        return new DefaultChannelPipeline(this) {
            @Override
            protected void onUnhandledInboundException(Throwable cause) {
                if (!SimNetwork.isUsual(cause)) {
                    net.failed(cause);
                }
            }
        };
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return InetSocketAddress.createUnresolved(host, number);
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return InetSocketAddress.createUnresolved(other(), number);
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isInputShutdown() {
        return closed;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return newSucceededFuture();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        return promise.setSuccess();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown || closed;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((Unsafe) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public ChannelFuture shutdown() {
        return close();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        return close(promise);
    }
}
