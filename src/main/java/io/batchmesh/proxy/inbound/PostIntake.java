package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.UnitReader;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Function;

/** One {@code POST /batch}: its reply is chunked, so that each answer goes when it is there. */
final class PostIntake implements Intake, ReplyPort {
    private final Incoming in;
    private final BatchSession session;
    private final UnitReader reader;
    private boolean bodyEnded;
    private boolean over;

    PostIntake(Incoming in, Function<ReplyPort, BatchSession> sessions) {
        this.in = in;
        this.session = sessions.apply(this);
        this.reader = new UnitReader(WireLimits.DEFAULT, in.channel().alloc());
    }

    @Override
    public int wholeLimit() {
        return 0;
    }

    @Override
    public void whole(ByteBuf body, HttpHeaders trailers) {
        body.release();
        ended();
    }

    @Override
    public void streamed() {}

    @Override
    public void content(HttpContent piece) {
        try {
            if (over) {
                return;
            }
            reader.feed(piece.content(), this::received);
            if (piece instanceof LastHttpContent) {
                reader.end();
                ended();
            } else if (reader.betweenUnits()) {
                session.batchEnded();
            }
        } catch (WireException e) {
            broken(e);
        } finally {
            piece.release();
        }
    }

    private void received(Frame frame) {
        switch (frame) {
            case Frame.Request request -> {
                try {
                    session.request(request);
                } catch (WireException e) {
                    broken(e);
                }
            }
            case Frame.Cancel cancel -> session.cancel(cancel.item());
            default -> frame.release();
        }
    }

    private void broken(WireException cause) {
        if (over) {
            return;
        }
        over = true;
        session.close();
        if (in.replying()) {
            in.abort();
        } else {
            in.reply(
                    new Problem(400, "bad-batch", String.valueOf(cause.getMessage()), null)
                            .reply());
        }
    }

    private void ended() {
        bodyEnded = true;
        session.batchEnded();
        finishIfDone();
    }

    @Override
    public Channel channel() {
        return in.channel();
    }

    @Override
    public ByteBufAllocator alloc() {
        return in.channel().alloc();
    }

    @Override
    public void write(ByteBuf unit) {
        begin();
        in.content(new DefaultHttpContent(unit));
    }

    private void begin() {
        if (!in.replying()) {
            var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers().set(HttpHeaderNames.CONTENT_TYPE, WireProtocol.CONTENT_TYPE);
            in.begin(head);
        }
    }

    @Override
    public void flush() {
        finishIfDone();
    }

    private void finishIfDone() {
        if (bodyEnded && !over && session.open() == 0) {
            over = true;
            begin();
            in.content(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    @Override
    public long backlog() {
        // Streams of HTTP/2 have no buffer of their own that could be asked.
        return in.channel().bytesBeforeWritable();
    }

    @Override
    public void settled() {}

    @Override
    public void writable() {}

    @Override
    public void replied(long nanos) {
        end();
    }

    @Override
    public void cancelled() {
        end();
    }

    private void end() {
        over = true;
        session.close();
        reader.close();
    }
}
