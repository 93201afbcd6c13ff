package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/** Gives a reply frame to the item it belongs to. */
final class Replies {
    private Replies() {}

    /** Owns the frame; an item that is null was withdrawn, or never asked. */
    static void deliver(@Nullable StreamItem item, Frame.Response frame) {
        try {
            if (item != null) {
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
}
