package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Locale;

/** The header fields that end at this hop (RFC 9110, section 7.6.1), and the one that it adds. */
public final class HopByHop {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final AsciiString VIA_VALUE = AsciiString.cached("1.1 batchmesh");

    private HopByHop() {}

    /** Takes them out of a request or reply, framing too, and adds {@code Via}. */
    public static void strip(HttpHeaders headers) {
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
        headers.add(HttpHeaderNames.VIA, VIA_VALUE);
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
