package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.wire.CombinedBatch;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The answers to one peer that go in parts, and those of them of which something can go now. */
final class AnswerStreams {
    /** What one of them may have under way at most, whatever the peer grants. */
    private static final long MAX_WINDOW = 1L << 20;

    private final ReplyPort port;
    private final Runnable send;
    private final Set<AnswerStream> open = new LinkedHashSet<>();
    private final Set<AnswerStream> due = new LinkedHashSet<>();
    private long window;

    /**
     * Of one peer.
     *
     * @param send has what is due sent soon
     */
    AnswerStreams(ReplyPort port, Runnable send) {
        this.port = port;
        this.send = send;
    }

    /** The peer takes answers in parts, each with so much content before it grants more. */
    void grant(long bytes) {
        window = Math.min(bytes, MAX_WINDOW);
    }

    /** The content that each may have before more is granted; 0 = there may be none. */
    long window() {
        return window;
    }

    void begun(AnswerStream stream) {
        open.add(stream);
        stream.offer();
    }

    /** Something of it can go. */
    void due(AnswerStream stream) {
        if (port.takes() && due.add(stream)) {
            send.run();
        }
    }

    /** Nothing more of it goes. */
    void ended(AnswerStream stream) {
        open.remove(stream);
        due.remove(stream);
    }

    /** The connection takes bytes again. */
    void writable() {
        List.copyOf(open).forEach(AnswerStream::offer);
    }

    boolean nothingDue() {
        return due.isEmpty();
    }

    /** Adds what can go of each; what is left of one comes in a later turn. */
    void addTo(CombinedBatch batch, ByteBufAllocator alloc) {
        var now = List.copyOf(due);
        due.clear();
        now.forEach(stream -> stream.addTo(batch, alloc));
    }
}
