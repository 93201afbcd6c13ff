package io.batchmesh.proxy.wire;

import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What both ends know before the first byte: field names, usual values and the skeleton of frames,
 * as the static tables of HPACK (RFC 7541, appendix A) and of Brotli (RFC 7932, appendix A). A unit
 * that stands alone is often one message of some hundred bytes, which has nothing to refer to
 * within itself. It is the same for everybody and holds nothing of anybody's traffic, so it tells
 * an eavesdropper nothing.
 *
 * <p>It is part of the protocol: a changed byte is another codec number. Used by zstd as raw
 * content (RFC 8878, section 5); what is usual stands last, where references to it are shortest.
 */
final class HttpDictionary {
    /** Texts of bodies and of values that are seldom. */
    private static final String TEXTS =
            "<!DOCTYPE html><html><head><title></title></head><body></body></html>"
                    + "Basic realm=\"Bearer error=\"invalid_token\"; Path=/; HttpOnly; Secure; SameSite=Lax"
                    + "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
                    + "Java-http-client/25python-requests/2.Go-http-client/curl/8.okhttp/5.grpc-java-netty/"
                    + "application/grpcapplication/octet-streamapplication/x-www-form-urlencoded"
                    + "application/problem+jsontext/plain; charset=utf-8text/html; charset=utf-8"
                    + "en-US,en;q=0.9no-storeno-cachepublic, max-age=0, must-revalidate, private"
                    + "max-age=31536000; includeSubDomainsnosniffDENYSAMEORIGINAccept-Encoding, Origin"
                    + "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\""
                    + "{\"error\":{\"code\":\"message\":\"not found\",\"errors\":[],\"success\":true,"
                    + "\"createdAt\":\"2026-01-01T00:00:00Z\",\"updatedAt\":\"2025-12-31T23:59:59.000Z\","
                    + "\"created_at\":\"updated_at\":\"timestamp\":\"first_name\":null,\"last_name\":false,"
                    + "\"user\":{\"email\":\"@example.com\",\"address\":{\"city\":\"country\":\"phone\":\""
                    + "\"description\":\"title\":\"version\":\"enabled\":true,\"active\":\"price\":\"amount\":"
                    + "\"currency\":\"USD\",\"quantity\":\"results\":[],\"total\":0,\"count\":1,\"page\":1,"
                    + "\"limit\":\"next\":null,\"url\":\"https://www.\"links\":{\"self\":{\"href\":\"/api/v1/"
                    + "\"type\":\"status\":\"state\":\"key\":\"value\":\"data\":[{\"items\":[{\"name\":\""
                    + "{\"id\":\"}]}";

    /** Names and values in turn, what is usual last. */
    private static final String[] FIELDS = {
        "www-authenticate", "",
        "access-control-allow-credentials", "true",
        "access-control-allow-headers", "",
        "access-control-allow-methods", "GET, POST, OPTIONS",
        "access-control-allow-origin", "*",
        "content-security-policy", "",
        "content-disposition", "",
        "content-range", "bytes ",
        "accept-ranges", "bytes",
        "content-language", "en",
        "if-modified-since", "",
        "if-none-match", "",
        "if-match", "",
        "idempotency-key", "",
        "retry-after", "1",
        "strict-transport-security", "",
        "x-content-type-options", "nosniff",
        "x-frame-options", "DENY",
        "x-b3-parentspanid", "",
        "x-b3-sampled", "1",
        "x-b3-spanid", "",
        "x-b3-traceid", "",
        "x-envoy-attempt-count", "1",
        "x-envoy-expected-rq-timeout-ms", "",
        "x-envoy-upstream-service-time", "",
        "grpc-encoding", "identity",
        "grpc-message", "",
        "grpc-status", "0",
        "grpc-timeout", "1S",
        "te", "trailers",
        "server-timing", "",
        "baggage", "",
        "tracestate", "",
        "priority", "u=1, i",
        "x-requested-with", "XMLHttpRequest",
        "x-real-ip", "10.0.0.1",
        "x-forwarded-for", "10.0.0.1",
        "x-forwarded-host", "",
        "x-forwarded-proto", "https",
        "origin", "https://",
        "referer", "https://",
        "location", "https://",
        "set-cookie", "",
        "cookie", "",
        "authorization", "Bearer eyJhbGciOi",
        "age", "0",
        "cache-status", "batchmesh; fwd=miss",
        "cache-control", "no-cache",
        "content-encoding", "gzip",
        "last-modified", "Thu, 01 Jan 2026 00:00:00 GMT",
        "expires", "Thu, 01 Jan 1970 00:00:00 GMT",
        "etag", "W/\"",
        "vary", "accept-encoding",
        "transfer-encoding", "chunked",
        "server", "nginx",
        "date", "Mon, 02 Feb 2026 00:00:00 GMT",
        "date", "Tue, Wed, Thu, Fri, Sat, Sun, Jan Mar Apr May Jun Jul Aug Sep Oct Nov Dec 2026 ",
        "content-type", "application/json; charset=utf-8",
        "content-type", "application/json",
        "content-length", "0",
        "user-agent", "",
        "accept-language", "en-US",
        "accept-encoding", "gzip, deflate, br",
        "accept-encoding", "identity",
        "accept-encoding", "gzip",
        "accept", "*/*",
        "accept", "application/json",
        "x-request-id", "00000000-0000-4000-8000-000000000000",
        "traceparent", "00-00000000000000000000000000000000-0000000000000000-01",
        "forwarded", "for=127.0.0.1;proto=http;host=",
        "via", "1.1 batchmesh"
    };

    private static final byte[] BYTES = build();

    private static final Map<Integer, ZstdDictCompress> WRITERS = new ConcurrentHashMap<>();

    private HttpDictionary() {}

    /** Made when the first unit of a process needs it. */
    private static final class Reader {
        private static final ZstdDictDecompress DICTIONARY = new ZstdDictDecompress(BYTES);
    }

    /** Its bytes. */
    static byte[] bytes() {
        return BYTES.clone();
    }

    /** For writing at a level; of each there is one for all threads, which is never closed. */
    static ZstdDictCompress writer(int level) {
        return WRITERS.computeIfAbsent(level, l -> new ZstdDictCompress(BYTES, l));
    }

    /** For reading, for all threads; never closed. */
    static ZstdDictDecompress reader() {
        return Reader.DICTIONARY;
    }

    private static byte[] build() {
        var out = new ByteArrayOutputStream();
        text(out, TEXTS);
        for (int i = 0; i < FIELDS.length; i += 2) {
            field(out, FIELDS[i], FIELDS[i + 1]);
        }
        // How messages begin: RFC 9292, section 3.1.
        for (var method : new String[] {"DELETE", "PATCH", "PUT", "POST", "GET"}) {
            out.write(0);
            counted(out, method);
            counted(out, "http");
            out.write(0);
            counted(out, "/api/v1/");
        }
        counted(out, "host");
        out.writeBytes(new byte[] {1, 0x40, (byte) 200});
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, String name, String value) {
        counted(out, name);
        counted(out, value);
    }

    private static void counted(ByteArrayOutputStream out, String text) {
        if (text.length() >= 64) {
            out.write(text.length() >>> 8 | 0x40);
        }
        out.write(text.length());
        text(out, text);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
