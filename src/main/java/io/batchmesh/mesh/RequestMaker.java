package io.batchmesh.mesh;

import io.batchmesh.model.LinkSimulation.RequestShape;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests of a link by their shape. The same seed gives the same requests. Not for
 * several threads.
 */
final class RequestMaker {
    /** The longest body that is made, whatever the shape says. */
    private static final int MAX_BODY = 16 << 20;

    private static final int TOKEN_LENGTH = 640;
    private static final String TOKEN_LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final RequestShape shape;
    private final String host;
    private final HttpMethod method;
    private final SplittableRandom random;
    private final String[] tokens;

    RequestMaker(RequestShape shape, String host, long seed) {
        this.shape = shape;
        this.host = host;
        method = HttpMethod.valueOf(shape.method());
        random = new SplittableRandom(seed);
        tokens = new String[Math.max(0, shape.identities())];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = token(new SplittableRandom(i));
        }
    }

    /**
     * A request and what its answer must say.
     *
     * @param nonce the number of this request, which no other has
     * @param path the request target
     * @param caller the end of the bearer token, or null without one
     */
    record Made(FullHttpRequest request, String nonce, String path, @Nullable String caller) {}

    /** Made up tokens of the size of a JSON Web Token with a few claims. */
    private static String token(SplittableRandom random) {
        var text = new StringBuilder("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.");
        while (text.length() < TOKEN_LENGTH) {
            text.append(TOKEN_LETTERS.charAt(random.nextInt(TOKEN_LETTERS.length())));
        }
        return text.toString();
    }

    /**
     * The next request.
     *
     * @param trace the traceparent of the request on whose behalf it is made, or null to begin one
     */
    Made next(@Nullable String trace) {
        int number = random.nextInt(Math.max(1, shape.distinct()));
        var path = shape.path().replace("{n}", Integer.toString(number));
        var nonce = hex(random.nextLong()) + hex(random.nextLong());
        var body = body(nonce, number);
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body));
        var headers = request.headers();
        headers.set(HttpHeaderNames.HOST, host);
        headers.set(HttpHeaderNames.USER_AGENT, "batchmesh-mesh");
        headers.set(HttpHeaderNames.ACCEPT, "application/json");
        headers.set("x-request-id", nonce);
        headers.set("traceparent", traceparent(trace));
        if (body.length > 0 || !method.equals(HttpMethod.GET)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        }
        var token = tokens.length == 0 ? null : tokens[random.nextInt(tokens.length)];
        if (token != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
        }
        return new Made(request, nonce, path, token == null ? null : Answers.caller(token));
    }

    /** W3C Trace Context, section 3.2: the same trace, a new parent. */
    private String traceparent(@Nullable String trace) {
        var traceId =
                trace != null && trace.length() >= 55 && trace.startsWith("00-")
                        ? trace.substring(3, 35)
                        : hex(random.nextLong()) + hex(random.nextLong());
        return "00-" + traceId + "-" + hex(random.nextLong() | 1) + "-01";
    }

    private byte[] body(String nonce, int number) {
        int size = (int) Math.min(shape.bytes(), MAX_BODY);
        if (size <= 0) {
            return new byte[0];
        }
        var start = "{\"requestId\":\"" + nonce + "\",\"n\":" + number + ",";
        var body =
                Filler.INSTANCE.object(
                        start, number, Math.max(size, start.length() + Filler.LEAST));
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hex(long value) {
        var digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
