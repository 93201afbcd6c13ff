package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.UnitReader;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The called end of a long-lived stream. */
final class InboundStream extends ChannelInboundHandlerAdapter implements ReplyPort {
    private static final Logger LOG = LoggerFactory.getLogger(InboundStream.class);

    /** What a peer may send ahead of answers. */
    private static final long ITEMS = 2048;

    private static final long BYTES = 16L << 20;

    /** How long a peer that was told that all is answered may take to close. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Inbound owner;
    private final Channel channel;
    private final BatchSession session;
    private final UnitReader reader;
    private long grantedItems = ITEMS;
    private long grantedBytes = BYTES;
    private final RoundTrips roundTrips = new RoundTrips();
    private boolean feeding;
    private boolean leaving;
    private boolean ended;
    private long lastItem;
    private boolean closed;

    InboundStream(Inbound owner, Channel channel, Function<ReplyPort, BatchSession> sessions) {
        this.owner = owner;
        this.channel = channel;
        this.session = sessions.apply(this);
        this.reader = new UnitReader(WireLimits.DEFAULT, channel.alloc());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Transport.keepLittleUnsent(channel);
        owner.opened(this);
        session.write(new Frame.Credit(ITEMS, BYTES));
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public void write(ByteBuf unit) {
        channel.write(unit, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
        if (leaving && session.open() == 0 && !ended) {
            ended = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(f -> end());
        }
    }

    /**
     * All is answered and has gone out. Closing now would reset the connection if anything comes in
     * that was not read, and with it the answers that the peer has not read; so it closes first.
     */
    private void end() {
        if (!(channel instanceof DuplexChannel duplex)) {
            channel.close();
        } else if (channel.isActive()) {
            duplex.shutdownOutput();
            session.after(LINGER_NANOS, channel::close);
        }
    }

    @Override
    public long backlog() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /**
     * Grants what may come beyond what came already. Reckoned from the totals each time, so that no
     * credit can get lost on the way.
     */
    @Override
    public void settled() {
        long items = session.received() + ITEMS - session.open() - grantedItems;
        long bytes = reader.rawBytes() + BYTES - session.heldBytes() - grantedBytes;
        if ((items >= ITEMS / 4 || bytes >= BYTES / 4) && !leaving) {
            session.write(new Frame.Credit(Math.max(0, items), Math.max(0, bytes)));
            grantedItems += Math.max(0, items);
            grantedBytes += Math.max(0, bytes);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        feeding = true;
        try {
            if (!closed) {
                probe();
                reader.feed(bytes, this::received);
                if (reader.betweenUnits()) {
                    session.batchEnded();
                }
            }
        } catch (WireException | BadFrame e) {
            LOG.warn("stream from {}: {}", channel.remoteAddress(), e.getMessage());
            channel.close();
        } finally {
            feeding = false;
            bytes.release();
            if (closed) {
                reader.close();
            }
        }
    }

    /** Carries a fault out of the sink of frames. */
    private static final class BadFrame extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadFrame(WireException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public long spacingNanos(long now) {
        return roundTrips.spacingNanos(now);
    }

    /** Where answers are packed, it is good to know whether they wait on their way. */
    private void probe() {
        if (session.packs() && roundTrips.due(session.now())) {
            session.write(new Frame.Ping(roundTrips.begin(session.now()), false));
        }
    }

    private void received(Frame frame) {
        switch (frame) {
            case Frame.Request request -> {
                if (leaving && request.item() > lastItem) {
                    // The peer was told that these are not touched, and sends them elsewhere.
                    request.release();
                    return;
                }
                try {
                    session.request(request);
                } catch (WireException e) {
                    throw new BadFrame(e);
                }
            }
            case Frame.Cancel cancel -> session.cancel(cancel.item());
            case Frame.Ping ping -> {
                if (ping.answer()) {
                    roundTrips.answered(ping.token(), session.now());
                } else {
                    session.write(new Frame.Ping(ping.token(), true));
                }
            }
            case Frame.Response response -> response.release();
            case Frame.Credit credit -> session.credit(credit);
            case Frame.AnswerHead head -> head.release();
            case Frame.AnswerPart part -> part.release();
            case Frame.AnswerEnd end -> end.release();
            case Frame.GoAway away -> {}
            case Frame.Failure failure -> {}
        }
    }

    /** Takes nothing new; closes when all is answered. */
    void finish() {
        if (leaving) {
            return;
        }
        leaving = true;
        lastItem = session.lastNumber();
        session.hurry();
        session.write(new Frame.GoAway(lastItem));
    }

    void abort() {
        channel.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && !closed) {
            session.streams().writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        owner.closed(this);
        session.close();
        if (!feeding) {
            reader.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!Transport.isBreak(cause)) {
            LOG.warn("a stream failed inside the proxy", cause);
        }
        ctx.close();
    }
}
