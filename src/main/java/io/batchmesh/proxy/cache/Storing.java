package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Set;

/** Which answers a shared cache may keep (RFC 9111, section 3). */
final class Storing {
    /** Status codes that this cache understands; partial answers it does not. */
    private static final Set<Integer> UNDERSTOOD =
            Set.of(200, 203, 204, 300, 301, 302, 307, 308, 404, 405, 410, 414, 501);

    /** Those whose lifetime the operator's ttl may stand in for; errors must say it themselves. */
    private static final Set<Integer> GUESSED = Set.of(200, 203, 204, 300, 301, 308);

    private Storing() {}

    /** Whether the ttl of the window holds for an answer that says nothing. */
    static boolean guesses(int status) {
        return GUESSED.contains(status);
    }

    /**
     * Whether an answer says itself that it is for everybody, also where callers show who they are.
     */
    static boolean open(CacheControl answer) {
        // RFC 9111, section 3.5.
        return answer.has("public") || answer.has("s-maxage") || answer.has("must-revalidate");
    }

    static boolean may(Question question, HttpMethod method, int status, HttpHeaders headers) {
        if (!method.equals(HttpMethod.GET) || !UNDERSTOOD.contains(status)) {
            return false;
        }
        var control = CacheControl.of(headers);
        boolean barred =
                question.control().has("no-store")
                        || control.has("no-store")
                        || control.has("private")
                        || headers.contains(HttpHeaderNames.SET_COOKIE)
                        || VaryKey.of(headers, question.headers()) == null
                        || headers.contains(HttpHeaderNames.CONTENT_RANGE);
        if (barred || (question.credentials() && !open(control))) {
            return false;
        }
        return guesses(status)
                || control.has("max-age")
                || control.has("s-maxage")
                || headers.contains(HttpHeaderNames.EXPIRES);
    }
}
