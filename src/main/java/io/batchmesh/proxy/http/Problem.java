package io.batchmesh.proxy.http;

import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the proxy gives itself, as RFC 9457 problem details.
 *
 * @param status 400 to 599
 * @param cause a short name of the cause, such as {@code connect-failure}
 * @param detail what happened, for people
 * @param link the link that it happened on, or null
 */
public record Problem(int status, String cause, String detail, @Nullable String link) {
    /** The names of the causes, which callers may rely on. */
    public static final String NO_LINK = "no-such-host";

    /** As an HTTP reply; those that say "not now" carry {@code Retry-After}. */
    public FullHttpResponse reply() {
        var code = HttpResponseStatus.valueOf(status);
        var body =
                ObjectWriter.object(o ->
                        o.put("title", code.reasonPhrase())
                                .put("status", (long) status)
                                .put("detail", detail)
                                .put("link", link)
                                .put("cause", cause));
        var bytes = JsonText.compact(body).getBytes(StandardCharsets.UTF_8);
        var reply =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, code, Unpooled.wrappedBuffer(bytes));
        reply.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        if (status == 503 || status == 429) {
            reply.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        return reply;
    }
}
