package io.batchmesh.mesh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a relayed connection. Bytes that it reads enter the wire; bytes that arrive for it are
 * written. It does not read while the wire is full, while the other end cannot take more, or before
 * the connection is set up. The end of the stream travels like bytes, so a connection may be closed
 * in one direction only. Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class WireEnd extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final WireDirection direction;

    /** What was read before the connection was set up: epoll reads when the peer has ended. */
    private final List<ByteBuf> early = new ArrayList<>();

    private @Nullable WireEnd other;
    private boolean inputOver;
    private boolean outputOver;

    WireEnd(Channel channel, WireDirection direction) {
        this.channel = channel;
        this.direction = direction;
    }

    /** Joins the two ends of a connection; both begin to read. */
    static void join(WireEnd one, WireEnd two) {
        one.other = two;
        two.other = one;
        one.begin(two);
        two.begin(one);
    }

    private void begin(WireEnd peer) {
        direction.join(this);
        early.forEach(bytes -> direction.send(bytes, this, peer));
        early.clear();
        if (inputOver) {
            direction.sendEnd(this, peer);
        } else if (!channel.isActive()) {
            endInput();
        }
        updateReading();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        if (other == null) {
            early.add(bytes);
        } else {
            direction.send(bytes, this, other);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (other != null) {
            other.updateReading();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            endInput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endInput();
    }

    /** A reset by the peer: the other end is closed as well, which its user sees as a failure. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        channel.close();
    }

    void updateReading() {
        if (inputOver) {
            return; // nothing comes any more, and epoll has let go of the channel
        }
        boolean canTake = other != null && other.channel.isWritable();
        channel.config().setAutoRead(canTake && !direction.full());
    }

    void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    /** The other end's stream is over: so is this one's output, after what is written already. */
    void end() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput());
    }

    private void endOutput() {
        outputOver = true;
        if (inputOver || !(channel instanceof DuplexChannel duplex)) {
            channel.close();
        } else {
            duplex.shutdownOutput();
        }
    }

    void close() {
        early.forEach(ByteBuf::release);
        early.clear();
        channel.close();
    }

    private void endInput() {
        if (inputOver) {
            return;
        }
        inputOver = true;
        if (other != null) {
            direction.sendEnd(this, other);
        }
        if (outputOver) {
            channel.close();
        }
    }
}
