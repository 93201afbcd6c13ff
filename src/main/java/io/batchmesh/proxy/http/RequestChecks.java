package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the head of a request must hold beyond its syntax (RFC 9110, RFC 9112). */
final class RequestChecks {
    /** Why a request is refused. */
    record Refusal(HttpResponseStatus status, String reason) {
        FullHttpResponse reply() {
            return new Problem(status.code(), "bad-request", reason, null).reply();
        }
    }

    private RequestChecks() {}

    /** Checks a head and puts its target into origin form; null when it is sound. */
    static @Nullable Refusal check(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return refuse(head.decoderResult().cause());
        }
        var version = head.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Refusal(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.0 and 1.1");
        }
        if (head.method().equals(HttpMethod.CONNECT)) {
            return new Refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "CONNECT is not supported");
        }
        var expect = head.headers().get(HttpHeaderNames.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return new Refusal(HttpResponseStatus.EXPECTATION_FAILED, "unknown expectation");
        }
        if (!isFramingKnown(head.headers())) {
            return bad("Transfer-Encoding must be chunked, once");
        }
        return host(head);
    }

    /** What any other coding leaves of the body, others behind this proxy may read differently. */
    private static boolean isFramingKnown(HttpHeaders headers) {
        var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    private static Refusal refuse(Throwable cause) {
        var name = cause.getClass().getSimpleName();
        if (name.equals("TooLongHttpLineException")) {
            return new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the target is too long");
        }
        if (name.equals("TooLongHttpHeaderException")) {
            return new Refusal(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the header is too long");
        }
        return new Refusal(HttpResponseStatus.BAD_REQUEST, "the request is malformed");
    }

    private static @Nullable Refusal host(HttpRequest head) {
        var hosts = head.headers().getAll(HttpHeaderNames.HOST);
        boolean old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
            return bad("there must be one Host header");
        }
        if (!hosts.isEmpty() && !isAuthority(hosts.getFirst())) {
            return bad("the Host header is malformed");
        }
        return target(head);
    }

    private static @Nullable Refusal target(HttpRequest head) {
        var uri = head.uri();
        if (uri.startsWith("/")) {
            return isClean(uri) ? null : bad("the target has characters that it must not have");
        }
        if (uri.equals("*")) {
            return head.method().equals(HttpMethod.OPTIONS) ? null : bad("only OPTIONS asks for *");
        }
        if (!uri.toLowerCase(Locale.ROOT).startsWith("http://") || !isClean(uri)) {
            return bad("the target is malformed");
        }
        int slash = uri.indexOf('/', 7);
        int query = uri.indexOf('?', 7);
        int end = slash < 0 ? uri.length() : slash;
        end = query >= 0 && query < end ? query : end;
        var authority = uri.substring(7, end);
        if (authority.isEmpty() || !isAuthority(authority)) {
            return bad("the target's authority is malformed");
        }
        var rest = uri.substring(end);
        head.setUri(rest.startsWith("/") ? rest : "/" + rest);
        head.headers().set(HttpHeaderNames.HOST, authority);
        return null;
    }

    /** Whether a target has none of the characters that it must not have. */
    static boolean isClean(CharSequence uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 127 || c == '#') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAuthority(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ok =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || ".-_:[]~%".indexOf(c) >= 0;
            if (!ok) {
                return false;
            }
        }
        return true;
    }

    private static Refusal bad(String reason) {
        return new Refusal(HttpResponseStatus.BAD_REQUEST, reason);
    }
}
