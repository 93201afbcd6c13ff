package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;

/** How the head of a reply says where it ends, and what becomes of the connection (RFC 9112). */
final class ReplyFraming {
    private ReplyFraming() {}

    /** Says how long a whole reply is, where that is not said and may be. */
    static void count(FullHttpResponse reply, boolean toHead) {
        if (!HttpUtil.isContentLengthSet(reply) && mayHaveContent(reply) && !toHead) {
            HttpUtil.setContentLength(reply, reply.content().readableBytes());
        }
    }

    /** Whether a reply whose content follows does not say where it ends. */
    private static boolean isOpenEnded(HttpResponse reply) {
        return !HttpUtil.isContentLengthSet(reply)
                && !HttpUtil.isTransferEncodingChunked(reply)
                && mayHaveContent(reply);
    }

    /**
     * Makes a reply whose content follows say where it ends, by chunks where it does not.
     *
     * @param old whether the caller speaks HTTP/1.0, which has no chunks
     * @return false when only the end of the connection can say it
     */
    static boolean ends(HttpResponse reply, boolean old) {
        if (!isOpenEnded(reply)) {
            return true;
        }
        if (!old) {
            HttpUtil.setTransferEncodingChunked(reply, true);
        }
        return !old;
    }

    private static boolean mayHaveContent(HttpResponse reply) {
        int code = reply.status().code();
        return code != 204 && code != 304;
    }

    /** Says whether the connection stays, where the version does not say it. */
    static void persistence(HttpResponse reply, boolean keepAlive, boolean old) {
        if (!keepAlive) {
            reply.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (old) {
            reply.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }
}
