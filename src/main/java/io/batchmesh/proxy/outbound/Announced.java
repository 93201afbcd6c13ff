package io.batchmesh.proxy.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;

/**
 * The content of an answer in parts, against what its head announces. A caller takes an answer for
 * complete with the last announced byte (RFC 9112, section 6.3), so that byte is held back until
 * the peer has said that this was the end; and no byte more may ever reach it.
 */
final class Announced {
    private static final long UNKNOWN = -1;

    private final long expected;
    private long came;
    private ByteBuf last = Unpooled.EMPTY_BUFFER;

    /**
     * Of one answer.
     *
     * @param toHead whether it answers HEAD, and has no content whatever it says
     */
    Announced(HttpResponse head, boolean toHead) {
        int code = head.status().code();
        boolean none = toHead || code == 204 || code == 304;
        expected = none ? 0 : HttpUtil.getContentLength(head, UNKNOWN);
    }

    /** Whether the head is all there is to come. */
    boolean headOnly() {
        return expected == 0;
    }

    /** Counts what came; false if it is too much. */
    boolean takes(int bytes) {
        came += bytes;
        return expected == UNKNOWN || came <= expected;
    }

    /** Whether all that was announced has come. */
    boolean complete() {
        return came == expected;
    }

    /** Whether the answer may end here. */
    boolean mayEnd() {
        return expected == UNKNOWN || complete();
    }

    /** Keeps the last part, owned by this. */
    void hold(ByteBuf part) {
        if (last.isReadable()) {
            part.release();
        } else {
            last = part;
        }
    }

    /** The part that was held back, owned by whoever takes it. */
    ByteBuf last() {
        var taken = last;
        last = Unpooled.EMPTY_BUFFER;
        return taken;
    }
}
