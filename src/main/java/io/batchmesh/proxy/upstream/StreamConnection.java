package io.batchmesh.proxy.upstream;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.PeerReport;
import io.batchmesh.proxy.wire.UnitReader;
import io.batchmesh.proxy.wire.UnitWriter;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a stream, the calling end. Every item that goes out by it ends exactly once: by
 * its answer, or when the connection does.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

    private final PeerStream owner;
    private final Channel channel;
    private final UnitWriter writer;
    private final UnitReader reader;
    private final LongObjectMap<StreamItem> flights = new LongObjectHashMap<>();
    private @Nullable ChannelFuture unaccepted;
    private boolean finishing;
    private boolean closed;
    private boolean feeding;
    private long fedNanos;
    private long lastNumber;
    private long credit;
    private boolean granted;
    private boolean used;

    /** Whether it was used before, was idle then, and the peer has been silent since. */
    private boolean doubtful;

    /** Counted in bytes of all frames before packing, as the peer counts them too. */
    private long creditBytes;

    private long rawSeen;
    private long wireSeen;

    StreamConnection(PeerStream owner, Channel channel) {
        this.owner = owner;
        this.channel = channel;
        this.writer = new UnitWriter(owner.compression(), WireLimits.DEFAULT).keepingCredentials();
        this.reader = new UnitReader(WireLimits.DEFAULT, channel.alloc());
    }

    /** Whether the peer has ever taken requests by it. */
    boolean granted() {
        return granted;
    }

    int inFlight() {
        return flights.size();
    }

    int room() {
        return unaccepted != null || creditBytes <= 0 || !channel.isWritable()
                ? 0
                : (int) Math.min(credit, Integer.MAX_VALUE);
    }

    void send(List<StreamItem> items, FlushReason reason) {
        writer.compression(owner.compression());
        var packer = new FramePacker(writer, channel.alloc(), owner.lane().ticker());
        var sent = packer.combine(items, () -> ++lastNumber);
        for (var item : sent) {
            item.carrier = this;
            flights.put(item.number, item);
        }
        doubtful = used && (doubtful || flights.size() == sent.size());
        used = true;
        credit -= sent.size();
        var last = new LastWrite();
        var sizes = packer.pack(unit -> last.future = channel.write(unit));
        var times = packer.times(reason);
        creditBytes -= sizes.rawBytes();
        owner.sent(sizes);
        for (var item : sent) {
            item.sentNanos = times.compressed();
            item.sent(times);
        }
        channel.flush();
        var future = last.future;
        if (future != null && !future.isDone()) {
            unaccepted = future;
            owner.busy(true);
            future.addListener(f -> accepted(future));
        }
        packer.unsuitable();
    }

    private static final class LastWrite {
        private @Nullable ChannelFuture future;
    }

    private void accepted(ChannelFuture written) {
        if (unaccepted == written) {
            unaccepted = null;
            owner.busy(false);
            owner.free(this);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && unaccepted == null) {
            owner.free(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        try {
            if (!closed) {
                feed(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void feed(ByteBuf bytes) {
        feeding = true;
        fedNanos = owner.lane().ticker().nanos();
        try {
            reader.feed(bytes, this::received);
            count();
        } catch (WireException e) {
            LOG.warn("stream to {}: {}", owner.address(), e.getMessage());
            close(CallFailure.Kind.PROTOCOL, "the peer broke the stream: " + e.getMessage());
        } finally {
            feeding = false;
            if (closed) {
                reader.close();
            }
        }
    }

    private void count() {
        owner.received(reader.rawBytes() - rawSeen, reader.wireBytes() - wireSeen);
        rawSeen = reader.rawBytes();
        wireSeen = reader.wireBytes();
    }

    private void received(Frame frame) {
        doubtful = false;
        switch (frame) {
            case Frame.Response response -> {
                var item = take(response.item());
                observe(item, response.report());
                Replies.deliver(item, response);
            }
            case Frame.AnswerHead head -> {
                observe(flights.get(head.item()), head.report());
                inParts(head.item(), () -> Replies.begin(flights.get(head.item()), head));
            }
            case Frame.AnswerPart part ->
                    inParts(part.item(), () -> Replies.part(flights.get(part.item()), part));
            case Frame.AnswerEnd end ->
                    inParts(end.item(), () -> Replies.end(take(end.item()), end));
            case Frame.Failure failure -> {
                var item = take(failure.item());
                if (item != null) {
                    item.refused(failure.status(), failure.reason());
                }
            }
            case Frame.Credit more -> {
                if (!granted && more.items() > 0) {
                    granted = true;
                    write(new Frame.Credit(0, StreamItem.WINDOW));
                }
                credit = Math.min(credit + more.items(), Integer.MAX_VALUE);
                creditBytes = Math.min(creditBytes + more.bytes(), Integer.MAX_VALUE);
                owner.free(this);
            }
            case Frame.GoAway away -> goAway(away.lastItem());
            case Frame.Ping ping -> {
                if (!ping.answer()) {
                    write(new Frame.Ping(ping.token(), true));
                }
            }
            case Frame.Request request -> request.release();
            case Frame.Cancel cancel -> LOG.debug("a peer cancelled what it was not asked");
        }
        if (finishing && flights.isEmpty()) {
            channel.close();
        }
    }

    private void observe(@Nullable StreamItem item, PeerReport report) {
        if (item != null) {
            owner.answered(fedNanos - item.sentNanos - report.heldNanos(), fedNanos);
        }
    }

    private interface Taking {
        void run() throws WireException;
    }

    /** Takes something of an answer in parts; what is malformed ends that one item. */
    private void inParts(long number, Taking taking) {
        var item = flights.get(number);
        try {
            taking.run();
        } catch (WireException e) {
            if (take(number) != null) {
                write(new Frame.Cancel(number));
            }
            if (item != null) {
                item.failed(new CallFailure(CallFailure.Kind.PROTOCOL, e.getMessage(), false));
            }
        }
    }

    /** The peer may send more of the content of an answer in parts. */
    void grant(StreamItem item, long bytes) {
        write(new Frame.Credit(item.number, 0, bytes));
    }

    private @Nullable StreamItem take(long number) {
        var item = flights.remove(number);
        if (item != null) {
            item.carrier = null;
        }
        return item;
    }

    /** The peer takes nothing new: what it did not touch moves, the rest is awaited. */
    private void goAway(long lastItem) {
        owner.leaving(this);
        finishing = true;
        var untouched = new ArrayList<StreamItem>();
        for (var item : flights.values()) {
            if (item.number > lastItem) {
                untouched.add(item);
            }
        }
        untouched.forEach(item -> take(item.number));
        var failure = new CallFailure(CallFailure.Kind.UNTOUCHED, "the peer is going away", false);
        untouched.forEach(item -> item.failed(failure));
    }

    void cancel(StreamItem item) {
        if (take(item.number) != null) {
            write(new Frame.Cancel(item.number));
            if (finishing && flights.isEmpty()) {
                channel.close();
            }
        }
    }

    private void write(Frame frame) {
        if (closed) {
            return;
        }
        try (var batch = writer.begin(channel.alloc())) {
            batch.add(CallerIdentity.ANONYMOUS, frame);
            writer.write(
                    batch, channel.alloc(), unit -> channel.write(unit, channel.voidPromise()));
            channel.flush();
        } catch (WireException e) {
            throw new IllegalStateException("a frame without payload always fits", e);
        }
    }

    /** Closes as soon as all that went out is answered. */
    void finish() {
        finishing = true;
        if (flights.isEmpty()) {
            channel.close();
        }
    }

    void abort() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        close(CallFailure.Kind.RESET, "the stream was closed before the answer came");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!Transport.isBreak(cause)) {
            LOG.warn("a stream failed inside the proxy", cause);
        }
        close(CallFailure.Kind.RESET, "the stream broke: " + CallFailure.why(cause));
    }

    private void close(CallFailure.Kind kind, String detail) {
        if (closed) {
            return;
        }
        closed = true;
        channel.close();
        owner.closed(this);
        writer.close();
        if (!feeding) {
            reader.close();
        }
        var lost = List.copyOf(flights.values());
        flights.clear();
        // Like any connection that was kept, it may have been dying when it was used.
        var failure = new CallFailure(kind, detail, doubtful);
        for (var item : lost) {
            item.carrier = null;
            item.failed(failure);
        }
    }
}
