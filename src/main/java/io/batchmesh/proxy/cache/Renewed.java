package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** The fields of a kept answer after a 304 (RFC 9111, section 3.2). */
final class Renewed {
    /** They belong to the body that is kept, not to the one that was not sent. */
    private static final List<CharSequence> KEPT =
            List.of(
                    HttpHeaderNames.CONTENT_LENGTH,
                    HttpHeaderNames.CONTENT_ENCODING,
                    HttpHeaderNames.CONTENT_TYPE,
                    HttpHeaderNames.CONTENT_RANGE,
                    HttpHeaderNames.TRANSFER_ENCODING,
                    HttpHeaderNames.VIA);

    private Renewed() {}

    static HttpHeaders headers(HttpHeaders kept, HttpHeaders notModified) {
        var all = kept.copy();
        all.remove(HttpHeaderNames.AGE);
        for (var name : notModified.names()) {
            if (KEPT.stream().noneMatch(k -> k.toString().equalsIgnoreCase(name))) {
                all.set(name, notModified.getAll(name));
            }
        }
        return all;
    }
}
