package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Set;

/** Which requests may be sent again when it is not known what became of them. */
public final class Idempotence {
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(
                    HttpMethod.GET,
                    HttpMethod.HEAD,
                    HttpMethod.OPTIONS,
                    HttpMethod.TRACE,
                    HttpMethod.PUT,
                    HttpMethod.DELETE);

    private Idempotence() {}

    /** Whether doing it twice does what doing it once does (RFC 9110, section 9.2.2). */
    public static boolean of(HttpMethod method) {
        return IDEMPOTENT.contains(method);
    }
}
