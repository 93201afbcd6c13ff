package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Whether a caller has a kept answer already (RFC 9110, section 13; RFC 9111, section 4.3.2). */
final class Conditions {
    private Conditions() {}

    static boolean holds(HttpHeaders request, StoredReply.Content kept) {
        if (kept.status() != 200) {
            return false;
        }
        // If-Modified-Since counts only where If-None-Match is not there (section 13.1.3).
        return request.contains(HttpHeaderNames.IF_NONE_MATCH)
                ? named(request, kept.headers().get(HttpHeaderNames.ETAG))
                : unmodified(request, kept.headers());
    }

    private static boolean named(HttpHeaders request, @Nullable String etag) {
        for (var line : request.getAll(HttpHeaderNames.IF_NONE_MATCH)) {
            for (var each : line.split(",", -1)) {
                var tag = each.strip();
                if (tag.equals("*") || (etag != null && weakly(tag, etag))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The weak comparison of entity tags (RFC 9110, section 8.8.3.2). */
    static boolean weakly(String one, String two) {
        return opaque(one).equals(opaque(two));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static boolean unmodified(HttpHeaders request, HttpHeaders kept) {
        var since = Freshness.millis(request.get(HttpHeaderNames.IF_MODIFIED_SINCE));
        if (since == null) {
            return false;
        }
        var modified = Freshness.millis(kept.get(HttpHeaderNames.LAST_MODIFIED));
        var date = modified == null ? Freshness.millis(kept.get(HttpHeaderNames.DATE)) : modified;
        return date != null && date <= since;
    }
}
