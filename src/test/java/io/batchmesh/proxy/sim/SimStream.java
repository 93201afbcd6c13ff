package io.batchmesh.proxy.sim;

import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.PeerReport;
import io.batchmesh.proxy.wire.UnitReader;
import io.batchmesh.proxy.wire.UnitWriter;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/** The called end of a stream whose every frame may be the one at which it goes wrong. */
final class SimStream extends ChannelInboundHandlerAdapter {
    private static final int LONG = 60;

    private final SimPeer peer;
    private final SimSocket socket;
    private final UnitReader reader;
    private final UnitWriter writer = new UnitWriter(Compression.OFF, WireLimits.DEFAULT);
    private final int diesAt;
    private final int leavesAt;
    private final boolean starves;
    private int seen;
    private int open;
    private long touched;
    private long lastItem = Long.MAX_VALUE;
    private boolean closed;
    private boolean feeding;
    private boolean takesParts;

    SimStream(SimPeer peer, SimSocket socket) {
        this.peer = peer;
        this.socket = socket;
        this.reader = new UnitReader(WireLimits.DEFAULT, socket.alloc());
        boolean bad = peer.faulty > 0;
        this.diesAt = bad && peer.random.nextInt(3) == 0 ? 1 + peer.random.nextInt(LONG) : -1;
        this.leavesAt = bad && peer.random.nextInt(3) == 0 ? 1 + peer.random.nextInt(LONG) : -1;
        this.starves = bad && peer.random.nextInt(4) == 0;
    }

    /** Grants the first credit. */
    void begin() {
        if (starves) {
            starve();
        } else {
            write(new Frame.Credit(1_000_000, 1L << 30));
        }
    }

    /** Little credit, late, and sometimes none at all any more. */
    private void starve() {
        if (closed || peer.random.nextInt(20) == 0 && peer.faulty > 0) {
            return;
        }
        write(new Frame.Credit(peer.random.nextInt(4), peer.random.nextInt(900)));
        peer.net.after(1 + peer.random.nextLong(3 * peer.meanNanos + 1), this::starve);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        feeding = true;
        try {
            if (!closed) {
                reader.feed(bytes, this::received);
            }
        } catch (WireException e) {
            peer.history.violation("the sidecar sent a bad unit: " + e.getMessage());
            ctx.close();
        } finally {
            feeding = false;
            bytes.release();
            if (closed) {
                reader.close();
            }
        }
    }

    private void received(Frame frame) {
        try {
            if (frame instanceof Frame.Request request && !closed) {
                request(request);
            } else if (frame instanceof Frame.Credit more && more.item() == 0) {
                takesParts = more.bytes() > 0;
            } else if (frame instanceof Frame.Ping ping && !ping.answer()) {
                write(new Frame.Ping(ping.token(), true));
            }
        } catch (WireException e) {
            peer.history.violation("the sidecar sent a bad request: " + e.getMessage());
        } finally {
            frame.release();
        }
    }

    private void request(Frame.Request request) throws WireException {
        seen++;
        if (seen == diesAt) {
            socket.kill();
            return;
        }
        if (request.item() > lastItem) {
            return;
        }
        if (seen == leavesAt) {
            // Items of several callers do not come in the order of their numbers.
            lastItem = Math.max(touched, request.item() - peer.random.nextInt(2));
            write(new Frame.GoAway(lastItem));
            peer.net.after(20 * peer.meanNanos, this::leave);
            if (request.item() > lastItem) {
                return;
            }
        }
        touched = Math.max(touched, request.item());
        serve(request);
    }

    private void serve(Frame.Request request) throws WireException {
        var http = BinaryHttp.decodeRequest(request.message(), WireLimits.DEFAULT).message();
        if (request.kept() != null) {
            request.kept().addTo(http.headers());
        }
        try {
            var nonce = SimService.nonce(http);
            int fault = peer.bad() ? peer.random.nextInt(10) : -1;
            if (fault == 0) {
                later(new Frame.Failure(request.item(), 503, "full"));
                return;
            }
            peer.history.executed(nonce, peer.net.now());
            var reply = SimService.echo(http, fault == 1 ? 500 : 200, peer.random.nextInt(40));
            if (takesParts && SimService.takesItsTime(nonce)) {
                parts(fault, request.item(), reply);
                return;
            }
            var bytes = Unpooled.buffer();
            BinaryHttp.encodeResponse(reply, WireLimits.DEFAULT, bytes);
            reply.release();
            misbehave(fault, new Frame.Response(request.item(), PeerReport.NONE, bytes));
        } finally {
            http.release();
        }
    }

    /** The answer in parts, of which one may be wrong. */
    private void parts(int fault, long item, FullHttpResponse reply) throws WireException {
        peer.history.inParts();
        var content = reply.content().copy();
        reply.content().clear();
        var head = Unpooled.buffer();
        BinaryHttp.encodeResponse(reply, WireLimits.DEFAULT, head);
        var trailers = Unpooled.buffer();
        BinaryHttp.encodeTrailers(reply.trailingHeaders(), WireLimits.DEFAULT, trailers);
        reply.release();
        var frames = new ArrayDeque<Frame>();
        frames.add(
                new Frame.AnswerHead(item, PeerReport.NONE, fault == 6 ? head.slice(0, 5) : head));
        while (content.isReadable()) {
            int most = Math.min(content.readableBytes(), 1 + peer.random.nextInt(20));
            frames.add(new Frame.AnswerPart(item, content.readBytes(most)));
        }
        switch (fault) {
            case 2 -> frames.add(new Frame.Failure(item, 502, "no more of it"));
            case 3 -> frames.addFirst(new Frame.AnswerPart(item, Unpooled.copyInt(7)));
            case 4 -> frames.add(new Frame.AnswerHead(item, PeerReport.NONE, head.copy()));
            case 5 -> {
                int more = peer.random.nextBoolean() ? 300_000 : 1;
                frames.add(new Frame.AnswerPart(item, Unpooled.wrappedBuffer(new byte[more])));
            }
            // Short of what was announced.
            case 9 -> frames.removeLast().release();
            case 7 -> socket.cutAfter(peer.random.nextInt(400));
            case 8 -> peer.net.after(2 * peer.delay(), this::babble);
            default -> {}
        }
        frames.add(new Frame.AnswerEnd(item, PeerReport.NONE, trailers));
        oneByOne(frames);
    }

    private void oneByOne(Deque<Frame> frames) {
        if (frames.isEmpty()) {
            return;
        }
        var next = frames.remove();
        open++;
        peer.net.after(
                peer.delay() / 4,
                () -> {
                    open--;
                    write(next);
                    next.release();
                    oneByOne(frames);
                });
    }

    private void misbehave(int fault, Frame.Response good) {
        long item = good.item();
        switch (fault) {
            // Half the batch fails.
            case 2 -> later(new Frame.Failure(item, 502, "no answer"));
            // Doubled.
            case 3 -> {
                later(new Frame.Response(item, PeerReport.NONE, good.message().copy()));
                later(good);
            }
            // Unknown numbers.
            case 4 -> {
                later(new Frame.Response(item + 1_000_000, PeerReport.NONE, good.message().copy()));
                later(good);
            }
            // Short: it never comes.
            case 5 -> {}
            // Not HTTP.
            case 6 -> later(new Frame.Response(item, PeerReport.NONE, good.message().slice(0, 5)));
            // In the middle of a frame.
            case 7 -> {
                socket.cutAfter(peer.random.nextInt(120));
                later(good);
            }
            // Not frames at all.
            case 8 -> peer.net.after(peer.delay(), this::babble);
            default -> later(good);
        }
    }

    private void babble() {
        if (!closed) {
            var bytes = new byte[40];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) peer.random.nextInt();
            }
            socket.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
    }

    /** Each with a delay of its own, so that answers come in any order. */
    private void later(Frame frame) {
        open++;
        peer.net.after(
                peer.delay(),
                () -> {
                    open--;
                    write(frame);
                });
    }

    private void leave() {
        if (!closed && open == 0) {
            socket.close();
        } else if (!closed) {
            peer.net.after(peer.meanNanos + 1, this::leave);
        }
    }

    private void write(Frame frame) {
        if (closed) {
            return;
        }
        try (var batch = writer.begin(socket.alloc())) {
            batch.add(CallerIdentity.ANONYMOUS, frame);
            writer.write(batch, socket.alloc(), unit -> socket.write(unit, socket.voidPromise()));
            socket.flush();
        } catch (WireException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        writer.close();
        if (!feeding) {
            reader.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!SimNetwork.isUsual(cause)) {
            peer.net.failed(cause);
        }
        ctx.close();
    }
}
