package io.batchmesh.proxy;

import java.util.ArrayList;
import java.util.List;

/** Requests that could be read in two ways, or that are far too large. */
final class FramingCases {
    private static final String POST = "POST /x HTTP/1.1\r\nHost: back\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String GET = "GET /x HTTP/1.1\r\nHost: back\r\n";

    /** A request and the status that it must get. */
    record Bad(int status, String text) {
        @Override
        public String toString() {
            var shown = text.length() > 120 ? text.substring(0, 120) + "…" : text;
            return shown.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
        }
    }

    private FramingCases() {}

    static List<Bad> all() {
        var all = new ArrayList<Bad>();
        lengths().forEach(t -> all.add(new Bad(400, t)));
        codings().forEach(t -> all.add(new Bad(400, t)));
        chunks().forEach(t -> all.add(new Bad(400, t)));
        trailers().forEach(t -> all.add(new Bad(400, t)));
        hosts().forEach(t -> all.add(new Bad(400, t)));
        fields().forEach(t -> all.add(new Bad(400, t)));
        lines().forEach(t -> all.add(new Bad(400, t)));
        all.addAll(others());
        return all;
    }

    private static List<String> lengths() {
        return List.of(
                POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                POST + "Content-Length: 6\r\nHost2: a\r\ncontent-length: 5\r\n\r\nhello",
                POST + "Content-Length: 5, 6\r\n\r\nhello",
                POST + "Content-Length: +5\r\n\r\nhello",
                POST + "Content-Length: -5\r\n\r\nhello",
                POST + "Content-Length: -0\r\n\r\n",
                POST + "Content-Length: 0x5\r\n\r\nhello",
                POST + "Content-Length: 5 5\r\n\r\nhello",
                POST + "Content-Length: 5;\r\n\r\nhello",
                POST + "Content-Length: 1e1\r\n\r\nhello",
                POST + "Content-Length: five\r\n\r\nhello",
                POST + "Content-Length: \u00b2\r\n\r\nhello",
                POST + "Content-Length:\r\n\r\nhello",
                POST + "Content-Length: 9223372036854775808\r\n\r\nhello",
                POST + "Content-Length: 18446744073709551621\r\n\r\nhello",
                POST + "Content-Length: 99999999999999999999\r\n\r\nhello",
                POST + "Content-Length : 5\r\n\r\nhello");
    }

    private static List<String> codings() {
        var end = "\r\n\r\n0\r\n\r\n";
        return List.of(
                POST + "Transfer-Encoding: chunked, identity" + end,
                POST + "Transfer-Encoding: chunked, chunked" + end,
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity" + end,
                POST + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked" + end,
                POST + "Transfer-Encoding: xchunked" + end,
                POST + "Transfer-Encoding: chunkedx" + end,
                POST + "Transfer-Encoding: \"chunked\"" + end,
                POST + "Transfer-Encoding: chunked;q=1" + end,
                POST + "Transfer-Encoding: \u000bchunked" + end,
                POST + "Transfer-Encoding: chunked\0" + end,
                POST + "Transfer-Encoding : chunked" + end,
                POST + "Transfer-Encoding: identity\r\n\r\nabc",
                POST + "Transfer-Encoding: gzip\r\n\r\nabc",
                POST + "Transfer-Encoding:\r\n\r\nabc",
                "POST /x HTTP/1.0\r\nHost: back\r\nTransfer-Encoding: chunked" + end);
    }

    private static List<String> chunks() {
        var end = "0\r\n\r\n";
        return List.of(
                CHUNKED + "-1\r\n\r\n",
                CHUNKED + "-0\r\n\r\n",
                CHUNKED + "+1\r\na\r\n" + end,
                CHUNKED + "0x1\r\na\r\n" + end,
                CHUNKED + "1_0\r\na\r\n" + end,
                CHUNKED + "fffffffffffffffff\r\na\r\n" + end,
                CHUNKED + "100000000\r\na\r\n" + end + "x".repeat(100),
                CHUNKED + "1\r\nabc\r\n" + end,
                CHUNKED + "3\r\nabc" + end,
                CHUNKED + "3\r\nabc\n" + end,
                CHUNKED + "3\nabc\r\n" + end,
                CHUNKED + "zz\r\n\r\n",
                CHUNKED + "\r\n\r\n",
                CHUNKED + ";a=b\r\na\r\n" + end,
                CHUNKED + "1;a=\"b\r\nc\"\r\nx\r\n" + end,
                CHUNKED + "1;a=b\nx\r\n" + end,
                CHUNKED + "1;a=b\rc\r\nx\r\n" + end,
                CHUNKED + "1;a=b\0\r\nx\r\n" + end,
                CHUNKED + "1;" + "a".repeat(70_000) + "\r\nx\r\n" + end,
                CHUNKED + "\u00b2\r\nab\r\n" + end,
                CHUNKED + "0".repeat(70_000) + "1\r\na\r\n" + end);
    }

    private static List<String> trailers() {
        var body = CHUNKED + "1\r\na\r\n0\r\n";
        return List.of(
                body + "A: b\r\n folded\r\n\r\n",
                body + "A: b\r\n\tfolded\r\n\r\n",
                body + " A: b\r\n\r\n",
                body + "no colon\r\n\r\n",
                body + "A : b\r\n\r\n",
                body + "A: b\0c\r\n\r\n",
                body + "A: b\rc\r\n\r\n",
                body + "A: b\n\r\n",
                body + "A: " + "b".repeat(70_000) + "\r\n\r\n");
    }

    private static List<String> hosts() {
        return List.of(
                "GET /x HTTP/1.1\r\n\r\n",
                GET + "Host: back\r\n\r\n",
                GET + "hOST: other\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: back, other\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: ba ck\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: user@back\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: back/x\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: back#x\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: back\\x\r\n\r\n",
                "GET http://back@other/x HTTP/1.1\r\nHost: back\r\n\r\n",
                "GET http:///x HTTP/1.1\r\nHost: back\r\n\r\n",
                "GET ftp://back/ HTTP/1.1\r\nHost: back\r\n\r\n");
    }

    private static List<String> fields() {
        return List.of(
                GET + "A: b\r\n folded\r\n\r\n",
                GET + "A: b\r\n\tfolded\r\n\r\n",
                "GET /x HTTP/1.1\r\n Host: back\r\n\r\n",
                GET + "A: b\0c\r\n\r\n",
                GET + "A: b\rc\r\n\r\n",
                GET + "A: b\u0001c\r\n\r\n",
                GET + "A: b\u007fc\r\n\r\n",
                GET + "A b: c\r\n\r\n",
                GET + "A\0: c\r\n\r\n",
                GET + "A(: c\r\n\r\n",
                GET + "\u00e4: c\r\n\r\n",
                GET + "A\t: c\r\n\r\n",
                GET + ": c\r\n\r\n",
                GET + "no colon\r\n\r\n",
                GET + "A: b\n\r\n",
                "GET /x HTTP/1.1\nHost: back\n\n",
                "GET /x HTTP/1.1\rHost: back\r\r");
    }

    private static List<String> lines() {
        var rest = "\r\nHost: back\r\n\r\n";
        return List.of(
                "GET /x y HTTP/1.1" + rest,
                "GET  /x HTTP/1.1" + rest,
                "GET /x  HTTP/1.1" + rest,
                "GET\t/x\tHTTP/1.1" + rest,
                " GET /x HTTP/1.1" + rest,
                "GET /x HTTP/1.1 x" + rest,
                "GET /x" + rest,
                "GET" + rest,
                "GET /x\u0001 HTTP/1.1" + rest,
                "GET /x\0 HTTP/1.1" + rest,
                "GET /\u00e4 HTTP/1.1" + rest,
                "GET /x#y HTTP/1.1" + rest,
                "GET x HTTP/1.1" + rest,
                "GET * HTTP/1.1" + rest,
                "G@T /x HTTP/1.1" + rest,
                "GET /x http/1.1" + rest,
                "GET /x HTTP/1.1\r" + rest,
                "GET /x HTTP/11" + rest,
                "GET /x XTTP/1.1" + rest,
                "HTTP/1.1 200 OK" + rest,
                "\u0016\u0003\u0001\u0002\r\n\r\n");
    }

    private static List<Bad> others() {
        return List.of(
                new Bad(505, "GET /x HTTP/2.0\r\nHost: back\r\n\r\n"),
                new Bad(405, "CONNECT back:80 HTTP/1.1\r\nHost: back\r\n\r\n"),
                new Bad(417, GET + "Expect: magic\r\n\r\n"),
                new Bad(414, "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: back\r\n\r\n"),
                new Bad(431, GET + "A: b\r\n".repeat(20_000) + "\r\n"),
                new Bad(431, GET + "A: " + "b".repeat(200 << 10) + "\r\n\r\n"),
                new Bad(431, GET + "A".repeat(70_000) + ": b\r\n\r\n"));
    }
}
