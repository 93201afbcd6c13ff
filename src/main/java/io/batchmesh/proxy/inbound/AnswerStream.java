package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.CombinedBatch;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.PeerReport;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one item that goes to the peer in parts, as fast as the peer grants it and the
 * connection takes it: the service is read no further than that.
 */
final class AnswerStream {
    /** Content that goes at a time, so that others get between. */
    private static final int MOST = 64 << 10;

    /** Content that is held back before the service is not read any more. */
    private static final int HELD = 64 << 10;

    private final BatchSession session;
    private final HeldItem item;
    private final ServiceCall call;
    private final ClientConnection service;
    private final int code;
    private final Deque<ByteBuf> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long credit;
    private @Nullable FullHttpResponse head;
    private @Nullable HttpHeaders trailers;
    private long tookNanos;
    private boolean over;

    /**
     * Of one call.
     *
     * @param head the answer without its content; owned by this
     */
    AnswerStream(
            BatchSession session,
            HeldItem item,
            ServiceCall call,
            ClientConnection service,
            FullHttpResponse head) {
        this.session = session;
        this.item = item;
        this.call = call;
        this.service = service;
        this.head = head;
        this.code = head.status().code();
        this.credit = session.streams().window();
    }

    /** A piece of the content, owned by this; the last one ends it. */
    void content(HttpContent piece, long sinceSentNanos) {
        if (over) {
            piece.release();
            return;
        }
        tookNanos = sinceSentNanos;
        if (piece instanceof LastHttpContent last) {
            trailers = last.trailingHeaders();
        }
        add(piece.content());
    }

    /** Content, owned by this. */
    void add(ByteBuf content) {
        if (content.isReadable()) {
            waiting.add(content);
            waitingBytes += content.readableBytes();
        } else {
            content.release();
        }
        pace();
        offer();
    }

    /** The peer takes so much more. */
    void credit(long bytes) {
        credit = Math.min(credit + bytes, Integer.MAX_VALUE);
        offer();
    }

    /** Goes on if anything can go. */
    void offer() {
        boolean content = waitingBytes > 0 && credit > 0;
        boolean end = waitingBytes == 0 && trailers != null;
        if (!over && (head != null || content || end)) {
            session.streams().due(this);
        }
    }

    private void pace() {
        if (trailers == null) {
            service.read(waitingBytes < HELD);
        }
    }

    /** Adds what may go now. */
    void addTo(CombinedBatch batch, ByteBufAllocator alloc) {
        if (over) {
            return;
        }
        try {
            var beginning = head;
            if (beginning != null) {
                head = null;
                addHead(beginning, batch, alloc);
            }
            addContent(batch);
            if (waitingBytes == 0 && trailers != null) {
                addEnd(trailers, batch, alloc);
            }
        } catch (WireException e) {
            call.abort();
            item.refuse(502, "answer: " + e.what());
        }
        if (!over) {
            pace();
            offer();
        }
    }

    private void addHead(FullHttpResponse beginning, CombinedBatch batch, ByteBufAllocator alloc)
            throws WireException {
        var bytes = alloc.buffer();
        try {
            BinaryHttp.encodeResponse(beginning, WireLimits.DEFAULT, bytes);
            var report = new PeerReport(session.now() - item.arrivedNanos(), tookNanos);
            batch.add(item.caller(), new Frame.AnswerHead(item.number(), report, bytes));
        } finally {
            bytes.release();
            beginning.release();
        }
    }

    private void addContent(CombinedBatch batch) throws WireException {
        int room = (int) Math.min(credit, MOST);
        for (var next = waiting.peek(); next != null && room > 0; next = waiting.peek()) {
            var part = next.readSlice(Math.min(room, next.readableBytes()));
            int size = part.readableBytes();
            batch.add(item.caller(), new Frame.AnswerPart(item.number(), part));
            room -= size;
            credit -= size;
            waitingBytes -= size;
            if (!next.isReadable()) {
                waiting.remove().release();
            }
        }
    }

    private void addEnd(HttpHeaders section, CombinedBatch batch, ByteBufAllocator alloc)
            throws WireException {
        var bytes = alloc.buffer();
        try {
            BinaryHttp.encodeTrailers(section, WireLimits.DEFAULT, bytes);
            var report = new PeerReport(session.now() - item.arrivedNanos(), tookNanos);
            batch.add(item.caller(), new Frame.AnswerEnd(item.number(), report, bytes));
        } finally {
            bytes.release();
        }
        over = true;
        item.streamed(code, tookNanos);
    }

    /** Throws away what has not gone; nothing more goes. */
    void drop() {
        over = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        waitingBytes = 0;
        if (head != null) {
            head.release();
            head = null;
        }
    }
}
