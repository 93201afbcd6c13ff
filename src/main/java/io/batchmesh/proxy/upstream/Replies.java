package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/** Gives a reply frame to the item it belongs to. */
final class Replies {
    private Replies() {}

    /** Owns the frame; an item that is null was withdrawn, or never asked. */
    static void deliver(@Nullable StreamItem item, Frame.Response frame) {
        try {
            if (item != null && item.inParts()) {
                item.failed(
                        new CallFailure(
                                CallFailure.Kind.PROTOCOL,
                                "a whole answer after the head of one in parts",
                                false));
            } else if (item != null) {
                FullHttpResponse reply =
                        BinaryHttp.decodeResponse(frame.message(), WireLimits.DEFAULT);
                item.reply(reply, frame.report());
            }
        } catch (WireException e) {
            item.failed(new CallFailure(CallFailure.Kind.PROTOCOL, e.getMessage(), false));
        } finally {
            frame.release();
        }
    }

    /** The head of an answer in parts; owns the frame. */
    static void begin(@Nullable StreamItem item, Frame.AnswerHead frame) throws WireException {
        try {
            if (item != null) {
                item.headCame();
                var whole = BinaryHttp.decodeResponse(frame.message(), WireLimits.DEFAULT);
                whole.release();
                item.begun(
                        new DefaultHttpResponse(
                                whole.protocolVersion(), whole.status(), whole.headers()));
            }
        } finally {
            frame.release();
        }
    }

    /** A part of it; owns the frame. */
    static void part(@Nullable StreamItem item, Frame.AnswerPart frame) throws WireException {
        boolean passed = false;
        try {
            if (item != null) {
                item.partCame(frame.content().readableBytes());
                passed = true;
                item.content(frame.content());
            }
        } finally {
            if (!passed) {
                frame.release();
            }
        }
    }

    /** Its end; owns the frame. */
    static void end(@Nullable StreamItem item, Frame.AnswerEnd frame) throws WireException {
        try {
            if (item != null) {
                item.partCame(0);
                var trailers = BinaryHttp.decodeTrailers(frame.trailers(), WireLimits.DEFAULT);
                item.ended(trailers, frame.report());
            }
        } finally {
            frame.release();
        }
    }
}
