package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/** The field {@code Expect} of a request (RFC 9110, section 10.1.1). */
final class Expectation {
    private Expectation() {}

    /**
     * Whether the caller waits to be told to go on. Without a body there is nothing to wait for,
     * and HTTP/1.0 does not know it: then the field is taken away, since it means nothing.
     *
     * @param old whether the request is of HTTP/1.0
     */
    static boolean take(HttpRequest head, boolean old) {
        var headers = head.headers();
        if (!headers.contains(HttpHeaderNames.EXPECT)) {
            return false;
        }
        boolean body =
                HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
        if (!body || old) {
            headers.remove(HttpHeaderNames.EXPECT);
            return false;
        }
        return true;
    }
}
