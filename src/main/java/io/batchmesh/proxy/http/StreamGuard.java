package io.batchmesh.proxy.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * First in each stream of a caller: a request whose pseudo-header fields are not those of RFC 9113,
 * section 8.3.1, is malformed and ends with a stream error PROTOCOL_ERROR (section 8.1.1). What is
 * wrong within a field the codec has found already.
 */
final class StreamGuard extends ChannelInboundHandlerAdapter {
    private static final String PROTOCOL = ":protocol";

    private boolean begun;
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof Http2HeadersFrame frame) {
            var fault = begun ? trailers(frame.headers()) : request(frame.headers());
            begun = true;
            if (fault != null) {
                refused = true;
                reset(ctx);
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    private static void reset(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private static @Nullable String request(Http2Headers headers) {
        if (isEmpty(headers.method())) {
            return ":method is missing";
        }
        if ("CONNECT".contentEquals(headers.method())) {
            // Answered with 405; the codec wants what CONNECT does not have. The extended CONNECT
            // of
            // RFC 8441 is not offered in our SETTINGS, and is answered like the plain one.
            headers.remove(PROTOCOL);
            headers.scheme("http").path("/");
            return headers.authority() == null ? ":authority is missing" : null;
        }
        if (headers.contains(PROTOCOL)) {
            return ":protocol without CONNECT";
        }
        var scheme = headers.scheme();
        boolean known =
                scheme != null && ("http".contentEquals(scheme) || "https".contentEquals(scheme));
        if (!known) {
            return ":scheme is missing or unknown";
        }
        var path = headers.path();
        boolean sound =
                !isEmpty(path)
                        && (path.charAt(0) == '/' || "*".contentEquals(path))
                        && RequestChecks.isClean(path);
        if (!sound) {
            return ":path is missing or malformed";
        }
        return authority(headers);
    }

    private static boolean isEmpty(@Nullable CharSequence text) {
        return text == null || text.isEmpty();
    }

    /** Who is called is said once: a Host header may only repeat it. */
    private static @Nullable String authority(Http2Headers headers) {
        var authority = headers.authority();
        var hosts = headers.getAll(HttpHeaderNames.HOST);
        if (authority == null) {
            return hosts.size() == 1 ? null : "there must be one :authority";
        }
        for (var host : hosts) {
            if (!authority.toString().equalsIgnoreCase(host.toString())) {
                return ":authority and Host differ";
            }
        }
        headers.remove(HttpHeaderNames.HOST);
        return null;
    }

    private static @Nullable String trailers(Http2Headers headers) {
        for (var name : headers.names()) {
            if (!name.isEmpty() && name.charAt(0) == ':') {
                return "a pseudo-header field among trailers";
            }
        }
        return null;
    }
}
