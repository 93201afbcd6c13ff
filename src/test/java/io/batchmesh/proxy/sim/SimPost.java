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
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One batch that was posted, and an answer that may be short, long, doubled or cut off. */
final class SimPost {
    private final SimPeer peer;
    private final ChannelHandlerContext ctx;
    private final List<Frame> replies = new ArrayList<>();

    SimPost(SimPeer peer, ChannelHandlerContext ctx) {
        this.peer = peer;
        this.ctx = ctx;
    }

    void answer(FullHttpRequest post) {
        int fault = peer.bad() ? peer.random.nextInt(5) : -1;
        if (fault == 0) {
            ((SimSocket) ctx.channel()).kill();
            return;
        }
        if (fault == 1) {
            var no =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.INTERNAL_SERVER_ERROR);
            HttpUtil.setContentLength(no, 0);
            ctx.writeAndFlush(no);
            return;
        }
        try (var reader = new UnitReader(WireLimits.DEFAULT, ctx.alloc())) {
            reader.feed(post.content(), this::received);
            reader.end();
        } catch (WireException e) {
            peer.history.violation("the sidecar posted a bad batch: " + e.getMessage());
        }
        Collections.shuffle(replies, new Random(peer.random.nextLong()));
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("content-type", fault == 2 ? "text/html" : WireProtocol.CONTENT_TYPE);
        HttpUtil.setTransferEncodingChunked(head, true);
        peer.net.after(
                peer.delay(),
                () -> {
                    if (fault == 3) {
                        ((SimSocket) ctx.channel()).cutAfter(100 + peer.random.nextInt(400));
                    }
                    ctx.writeAndFlush(head);
                    next(0);
                });
    }

    private void received(Frame frame) {
        try {
            if (frame instanceof Frame.Request request) {
                request(request);
            }
        } catch (WireException e) {
            peer.history.violation("the sidecar posted a bad request: " + e.getMessage());
        } finally {
            frame.release();
        }
    }

    private void request(Frame.Request request) throws WireException {
        var http = BinaryHttp.decodeRequest(request.message(), WireLimits.DEFAULT).message();
        int fault = peer.bad() ? peer.random.nextInt(5) : -1;
        if (fault == 0) {
            replies.add(new Frame.Failure(request.item(), 503, "full"));
            http.release();
            return;
        }
        peer.history.executed(SimService.nonce(http), peer.net.now());
        var reply = SimService.echo(http, 200, 3);
        http.release();
        var bytes = Unpooled.buffer();
        BinaryHttp.encodeResponse(reply, WireLimits.DEFAULT, bytes);
        reply.release();
        if (fault == 1) {
            return;
        }
        if (fault == 2) {
            replies.add(new Frame.Response(request.item(), PeerReport.NONE, bytes.copy()));
        }
        long item = fault == 3 ? request.item() + 5_000 : request.item();
        replies.add(
                fault == 4
                        ? new Frame.Failure(item, 502, "no answer")
                        : new Frame.Response(item, PeerReport.NONE, bytes));
    }

    private void next(int at) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (at == replies.size()) {
            ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        ctx.writeAndFlush(new DefaultHttpContent(unit(replies.get(at))));
        peer.net.after(peer.delay() / 4, () -> next(at + 1));
    }

    private static ByteBuf unit(Frame frame) {
        var out = Unpooled.buffer();
        try (var writer = new UnitWriter(Compression.OFF, WireLimits.DEFAULT)) {
            var batch = writer.begin(out.alloc());
            batch.add(CallerIdentity.ANONYMOUS, frame);
            writer.write(batch, out);
            batch.close();
        } catch (WireException e) {
            throw new IllegalStateException(e);
        }
        return out;
    }
}
