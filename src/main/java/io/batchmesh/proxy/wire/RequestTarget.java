package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import java.util.Locale;

/**
 * The control data of a request without its method: RFC 9292, section 3.4; values as in RFC 9113,
 * section 8.3.1.
 *
 * @param scheme in lower case
 * @param authority host and port, or empty if a {@code host} field has it
 * @param path begins with a slash, or is an asterisk
 */
record RequestTarget(String scheme, String authority, String path) {
    /** Splits an HTTP/1.1 request target (RFC 9112, section 3.2), origin or absolute form. */
    static RequestTarget parse(String uri, String scheme) throws WireException {
        int colon = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (colon < 0) {
            return new RequestTarget(scheme, "", uri).checked();
        }
        int begin = colon + 3;
        int end = begin;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        if (begin == end) {
            throw invalid("absolute target without authority");
        }
        String path = uri.substring(end);
        return new RequestTarget(
                        uri.substring(0, colon).toLowerCase(Locale.ROOT),
                        uri.substring(begin, end),
                        path.startsWith("/") ? path : "/" + path)
                .checked();
    }

    /** This, if it is valid. */
    RequestTarget checked() throws WireException {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new WireException(Fault.UNSUPPORTED, "scheme", "must be http or https");
        }
        if (!path.startsWith("/") && !path.equals("*")) {
            throw invalid("path must begin with a slash or be an asterisk");
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c == '#' || c >= 0x7f) {
                throw invalid("path has a character that is not allowed");
            }
        }
        if (!authority.isEmpty()) {
            checkAuthority(authority);
        }
        return this;
    }

    /** Refuses what is not host and port: user information, delimiters, blanks. */
    static void checkAuthority(String authority) throws WireException {
        boolean bad = authority.isEmpty();
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            bad |= c <= ' ' || c >= 0x7f || "/?#@\\,\"<>".indexOf(c) >= 0;
        }
        if (bad) {
            throw invalid("authority must be a host with an optional port");
        }
    }

    /** Refuses what is not a token (RFC 9110, section 9.1), and CONNECT. */
    static void checkMethod(String method) throws WireException {
        boolean bad = method.isEmpty();
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            bad |= c >= 0x80 || KnownNames.lower((byte) c) == 0;
        }
        if (bad) {
            throw new WireException(Fault.MALFORMED, "method", "must be a token");
        }
        if (method.equals("CONNECT")) {
            throw new WireException(Fault.UNSUPPORTED, "method", "CONNECT cannot be batched");
        }
    }

    private static WireException invalid(String what) {
        return new WireException(Fault.MALFORMED, "target", what);
    }
}
