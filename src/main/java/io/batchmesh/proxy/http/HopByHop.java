package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header fields that end at this hop (RFC 9110, section 7.6.1), and the one that it adds. */
public final class HopByHop {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final String PSEUDONYM = " batchmesh";
    private static final AsciiString VIA_OLD = AsciiString.cached("1.0" + PSEUDONYM);
    private static final AsciiString VIA = AsciiString.cached("1.1" + PSEUDONYM);
    private static final AsciiString VIA_2 = AsciiString.cached("2" + PSEUDONYM);

    /** Sidecars on one way; a request that met more goes round in circles. */
    private static final int MOST_PASSES = 16;

    /** What a message that came by HTTP/2 says of itself. */
    static final HttpVersion HTTP_2 = new HttpVersion("HTTP", 2, 0, true);

    private HopByHop() {}

    /**
     * Takes them out of a request or reply, framing too, and adds {@code Via} with the version by
     * which it came (RFC 9110, section 7.6.3).
     */
    public static void strip(HttpMessage message) {
        var headers = message.headers();
        if (headers.contains(HttpHeaderNames.CONNECTION)) {
            named(headers);
        }
        headers.remove(KEEP_ALIVE);
        headers.remove(PROXY_CONNECTION);
        headers.remove(HttpHeaderNames.UPGRADE);
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        var te = headers.get(HttpHeaderNames.TE);
        if (te != null && !te.equalsIgnoreCase("trailers")) {
            headers.remove(HttpHeaderNames.TE);
        }
        headers.add(HttpHeaderNames.VIA, via(message.protocolVersion()));
    }

    private static AsciiString via(HttpVersion received) {
        if (received.equals(HttpVersion.HTTP_1_1)) {
            return VIA;
        }
        return received.equals(HttpVersion.HTTP_1_0) ? VIA_OLD : VIA_2;
    }

    /** Whether a request has met so many sidecars that it must be going round in circles. */
    public static boolean isLoop(HttpHeaders request) {
        if (!request.contains(HttpHeaderNames.VIA)) {
            return false;
        }
        int passes = 0;
        for (var value : request.getAll(HttpHeaderNames.VIA)) {
            for (int at = value.indexOf(PSEUDONYM); at >= 0; at = value.indexOf(PSEUDONYM, at)) {
                at += PSEUDONYM.length();
                passes += at == value.length() || " ,".indexOf(value.charAt(at)) >= 0 ? 1 : 0;
            }
        }
        return passes > MOST_PASSES;
    }

    /** The answer to such a request. */
    public static Problem loop(@Nullable String link) {
        var detail = "Via names more than %d sidecars: a route leads back".formatted(MOST_PASSES);
        return new Problem(508, "loop", detail, link);
    }

    private static void named(HttpHeaders headers) {
        for (var value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (var name : value.split(",", -1)) {
                var token = name.strip().toLowerCase(Locale.ROOT);
                // Framing and identity are never the caller's to take away.
                boolean kept =
                        token.isEmpty()
                                || token.equals("host")
                                || token.equals("content-length")
                                || token.equals("te");
                if (!kept) {
                    headers.remove(token);
                }
            }
        }
        headers.remove(HttpHeaderNames.CONNECTION);
    }
}
