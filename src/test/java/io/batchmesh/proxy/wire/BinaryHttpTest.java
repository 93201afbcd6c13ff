package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryHttpTest {
    private static final WireLimits LIMITS = WireLimits.DEFAULT;

    @Test
    void theRequestOfTheRfcIsReadInBothForms() throws WireException {
        for (ByteBuf bytes : List.of(RfcExamples.knownRequest(), RfcExamples.openRequest())) {
            BinaryHttp.Request read = BinaryHttp.decodeRequest(bytes, LIMITS);
            assertEquals("https", read.scheme());
            assertEquals("GET", read.message().method().name());
            assertEquals("/hello.txt", read.message().uri());
            assertEquals(
                    List.of(
                            Map.entry(
                                    "user-agent",
                                    "curl/7.16.3 libcurl/7.16.3 OpenSSL/0.9.7l zlib/1.2.3"),
                            Map.entry("host", "www.example.com"),
                            Map.entry("accept-language", "en, mi")),
                    read.message().headers().entries());
            assertEquals(0, read.message().content().readableBytes());
            assertFalse(bytes.isReadable());
        }
    }

    @Test
    void theRequestOfTheRfcIsWrittenToTheByteButForItsEmptyEnd() throws WireException {
        ByteBuf expected = RfcExamples.knownRequest();
        FullHttpRequest message = BinaryHttp.decodeRequest(expected.duplicate(), LIMITS).message();
        ByteBuf written = Unpooled.buffer();
        BinaryHttp.encodeRequest(message, "https", LIMITS, written);
        assertEquals(hex(expected.slice(0, expected.readableBytes() - 2)), hex(written));
    }

    @Test
    void theResponsesOfTheRfcAreRead() throws WireException {
        FullHttpResponse open = BinaryHttp.decodeResponse(RfcExamples.openResponse(), LIMITS);
        assertEquals(200, open.status().code());
        assertEquals("\"34aa387-d-1568eb00\"", open.headers().get("etag"));
        assertEquals("51", open.headers().get("content-length"));
        assertEquals(8, open.headers().size());
        assertEquals(
                "Hello World! My content includes a trailing CRLF.\r\n",
                open.content().toString(StandardCharsets.US_ASCII));

        FullHttpResponse known = BinaryHttp.decodeResponse(RfcExamples.knownResponse(), LIMITS);
        assertEquals(
                "This content contains CRLF.\r\n",
                known.content().toString(StandardCharsets.US_ASCII));
        assertEquals("text", known.trailingHeaders().get("trailer"));
        assertNull(known.headers().get("content-length"), "trailers need chunks");
    }

    @Test
    void theKnownLengthResponseOfTheRfcIsWrittenToTheByte() throws WireException {
        FullHttpResponse message =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer(
                                "This content contains CRLF.\r\n", StandardCharsets.US_ASCII),
                        Messages.headers("Transfer-Encoding", "chunked"),
                        Messages.headers("Trailer", "text"));
        ByteBuf written = Unpooled.buffer();
        BinaryHttp.encodeResponse(message, LIMITS, written);
        assertEquals(hex(RfcExamples.knownResponse()), hex(written));
    }

    @Test
    void aMessageMayBeTruncatedOnlyAfterItsHeadersAndOnlyWhereItIsEmpty() throws WireException {
        ByteBuf known = RfcExamples.knownRequest();
        ByteBuf open = RfcExamples.openRequest();
        truncations(known, known.readableBytes() - 2);
        truncations(open, open.readableBytes() - 12);
    }

    private static void truncations(ByteBuf whole, int least) throws WireException {
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf cut = whole.slice(0, length);
            if (length >= least) {
                BinaryHttp.decodeRequest(cut, LIMITS);
            } else {
                Fault fault = refusedRequest(cut).fault();
                assertEquals(Fault.TRUNCATED, fault, "cut at " + length);
            }
        }
    }

    @Test
    void everyTruncationInsideAResponseWithTrailersIsRefusedOrLosesOnlyTheTrailers() {
        ByteBuf whole = RfcExamples.knownResponse();
        int contentEnd = 5 + 29;
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf cut = whole.slice(0, length);
            boolean sound = length == 4 || length == contentEnd;
            int at = length;
            if (sound) {
                continue;
            }
            WireException e =
                    assertThrows(
                            WireException.class,
                            () -> BinaryHttp.decodeResponse(cut, LIMITS),
                            () -> "cut at " + at);
            assertEquals(Fault.TRUNCATED, e.fault(), "cut at " + at);
        }
    }

    @Test
    void paddingMustBeZero() throws WireException {
        ByteBuf padded =
                Unpooled.wrappedBuffer(
                        RfcExamples.knownRequest(), Unpooled.wrappedBuffer(new byte[9]));
        BinaryHttp.decodeRequest(padded.duplicate(), LIMITS);
        padded.setByte(padded.writerIndex() - 1, 1);
        assertEquals("padding: must be zero bytes", refusedRequest(padded).getMessage());
    }

    @Test
    void chunksOfAnIndeterminateLengthAreJoined() throws WireException {
        ByteBuf bytes = RfcExamples.bytes("03 40c8 00 02 6869 01 2c 4003 796f75 00 01 61 01 62 00");
        FullHttpResponse message = BinaryHttp.decodeResponse(bytes, LIMITS);
        assertEquals("hi,you", message.content().toString(StandardCharsets.US_ASCII));
        assertEquals("b", message.trailingHeaders().get("a"));
        message.release();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connection        | close
                    keep-alive        | timeout=5
                    proxy-connection  | keep-alive
                    transfer-encoding | chunked
                    upgrade           | h2c
                    http2-settings    | AAMAAABk
                    te                | gzip
                    content-length    | 3
                    content-length    | +0
                    content-length    | 0, 0
                    content-length    | 99999999999999999999
                    host              | other
                    host              | a@b
                    :method           | GET
                    :other            | x
                    a b               | x
                    é                 | x
                    """)
    void fieldsThatWouldConfuseTheNextReaderAreRefused(String name, String value) {
        ByteBuf bytes = request("GET", "http", "", "/", List.of("host", "a", name, value));
        assertEquals(Fault.MALFORMED, refusedRequest(bytes).fault());
    }

    @Test
    void valuesWithControlCharactersOrOuterBlanksAreRefused() {
        for (String value : List.of("a\r\nb: c", "a\nb", "a\rb", "a\0b", " a", "a ", "a\t")) {
            ByteBuf bytes = request("GET", "http", "", "/", List.of("host", "a", "x", value));
            assertEquals(Fault.MALFORMED, refusedRequest(bytes).fault(), value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    CONNECT | http  | a   | /
                    G T     | http  | a   | /
                    ''      | http  | a   | /
                    GET     | ftp   | a   | /
                    GET     | ''    | a   | /
                    GET     | http  | a/b | /
                    GET     | http  | u@a | /
                    GET     | http  | a b | /
                    GET     | http  | a   | ''
                    GET     | http  | a   | x
                    GET     | http  | a   | /a b
                    GET     | http  | a   | /a#b
                    GET     | http  | ''  | /
                    """)
    void controlDataThatIsNotValidIsRefused(
            String method, String scheme, String authority, String path) {
        refusedRequest(request(method, scheme, authority, path, List.of()));
    }

    @Test
    void aRequestHasOneAuthority() throws WireException {
        ByteBuf both = request("GET", "http", "A:80", "/", List.of("host", "a:80"));
        HttpHeaders headers = BinaryHttp.decodeRequest(both, LIMITS).message().headers();
        assertEquals(List.of("a:80"), headers.getAll("host"));
        ByteBuf alone = request("GET", "http", "a:80", "/", List.of());
        headers = BinaryHttp.decodeRequest(alone, LIMITS).message().headers();
        assertEquals(List.of("a:80"), headers.getAll("host"));
        refusedRequest(request("GET", "http", "a", "/", List.of("host", "b")));
        refusedRequest(request("GET", "http", "", "/", List.of("host", "a", "host", "a")));
    }

    @Test
    void cookiesAreJoined() throws WireException {
        ByteBuf bytes = request("GET", "http", "a", "/", List.of("cookie", "a=b", "cookie", "c=d"));
        HttpHeaders headers = BinaryHttp.decodeRequest(bytes, LIMITS).message().headers();
        assertEquals(List.of("a=b; c=d"), headers.getAll("cookie"));
    }

    @Test
    void anAbsoluteTargetStandsForTheHost() throws WireException {
        FullHttpRequest message = Messages.request("GET", "HTTPS://shop:8443?q=1", "");
        ByteBuf written = Unpooled.buffer();
        BinaryHttp.encodeRequest(message, "http", LIMITS, written);
        BinaryHttp.Request read = BinaryHttp.decodeRequest(written, LIMITS);
        assertEquals("https", read.scheme());
        assertEquals("/?q=1", read.message().uri());
        assertEquals(List.of("shop:8443"), read.message().headers().getAll("host"));
    }

    @Test
    void whatConcernsTheConnectionIsNotWritten() throws WireException {
        String[] fields = {
            "Host", "reviews",
            "Connection", "Upgrade, X-Hop, host",
            "Keep-Alive", "timeout=5",
            "Upgrade", "h2c",
            "X-Hop", "1",
            "X-End", " kept\t",
            "TE", "trailers",
            "Content-Length", "4",
            "Content-Length", "4",
            "Transfer-Encoding", "chunked"
        };
        FullHttpRequest message = Messages.unchecked("POST", "body", fields);
        ByteBuf written = Unpooled.buffer();
        BinaryHttp.encodeRequest(message, "http", LIMITS, written);
        HttpHeaders read = BinaryHttp.decodeRequest(written, LIMITS).message().headers();
        assertEquals(
                List.of(
                        Map.entry("host", "reviews"),
                        Map.entry("x-end", "kept"),
                        Map.entry("te", "trailers"),
                        Map.entry("content-length", "4")),
                read.entries());
    }

    @Test
    void whatCannotBeCarriedIsRefusedWhenWriting() {
        assertEquals(Fault.UNSUPPORTED, unwritable(Messages.request("CONNECT", "a:1", "")));
        assertEquals(Fault.MALFORMED, unwritable(Messages.request("GET", "http://u@a/", "")));
        FullHttpRequest lies = Messages.request("POST", "/", "four");
        lies.headers().set("Content-Length", "5");
        assertEquals(Fault.MALFORMED, unwritable(lies));
        FullHttpRequest many = Messages.request("GET", "/", "");
        for (int i = 0; i < LIMITS.maxFields(); i++) {
            many.headers().add("x" + i, "y");
        }
        assertEquals(Fault.TOO_LARGE, unwritable(many));
        FullHttpRequest large = Messages.request("GET", "/", "");
        large.headers().set("x", "y".repeat(LIMITS.maxFieldBytes()));
        assertEquals(Fault.TOO_LARGE, unwritable(large));
    }

    @Test
    void controlCharactersNeverReachTheWire() {
        for (String bad : List.of("1\r\nadmin: true", "1\rb", "1\nb", "1\0b")) {
            String[] value = {"host", "a", "x", bad};
            assertEquals(Fault.MALFORMED, unwritable(Messages.unchecked("GET", "", value)));
            String[] name = {"host", "a", bad, "x"};
            assertEquals(Fault.MALFORMED, unwritable(Messages.unchecked("GET", "", name)));
            String[] host = {"host", bad};
            assertEquals(Fault.MALFORMED, unwritable(Messages.unchecked("GET", "", host)));
        }
    }

    @Test
    void sectionsOverTheLimitsAreRefusedInBothForms() {
        WireLimits small = new WireLimits(4096, 8192, 10, 100, 3, 64);
        List<String> fields = List.of("host", "a", "a", "1", "b", "2", "c", "3");
        ByteBuf four = request("GET", "http", "", "/", fields);
        assertEquals(Fault.TOO_LARGE, refused(four, small).fault());
        ByteBuf wide = request("GET", "http", "", "/", List.of("host", "a", "x", "y".repeat(99)));
        assertEquals(Fault.TOO_LARGE, refused(wide, small).fault());
        assertEquals(Fault.TOO_LARGE, refused(openForm("y".repeat(99)), small).fault());
    }

    @Test
    void aHeadReplyMayTellALengthItDoesNotHave() throws WireException {
        FullHttpResponse message = Messages.response(200, "");
        message.headers().set("Content-Length", "1234");
        ByteBuf written = Unpooled.buffer();
        BinaryHttp.encodeResponse(message, LIMITS, written);
        HttpHeaders read = BinaryHttp.decodeResponse(written, LIMITS).headers();
        assertEquals("1234", read.get("content-length"));
    }

    @Test
    void aResponseOfTheWrongKindIsRefused() {
        assertTrue(refusedRequest(RfcExamples.knownResponse()).getMessage().contains("request"));
        for (String hex : List.of("00", "04", "01 4063", "01 4258", "01 40c8", "01", "")) {
            ByteBuf bytes = RfcExamples.bytes(hex);
            assertThrows(WireException.class, () -> BinaryHttp.decodeResponse(bytes, LIMITS), hex);
        }
        ByteBuf endless = RfcExamples.bytes("01" + "4064 00".repeat(17) + "40c8 00");
        WireException e =
                assertThrows(WireException.class, () -> BinaryHttp.decodeResponse(endless, LIMITS));
        assertEquals(Fault.TOO_LARGE, e.fault());
    }

    @Test
    void contentIsReleasedWithItsMessage() throws WireException {
        try (LeakChecked memory = new LeakChecked()) {
            ByteBuf bytes = memory.alloc().buffer();
            BinaryHttp.encodeRequest(Messages.request("POST", "/", "body"), "http", LIMITS, bytes);
            FullHttpRequest message = BinaryHttp.decodeRequest(bytes, LIMITS).message();
            assertEquals(2, bytes.refCnt());
            bytes.release();
            assertEquals("body", message.content().toString(StandardCharsets.US_ASCII));
            message.release();
        }
    }

    private static Fault unwritable(FullHttpRequest message) {
        ByteBuf out = Unpooled.buffer();
        WireException e =
                assertThrows(
                        WireException.class,
                        () -> BinaryHttp.encodeRequest(message, "http", LIMITS, out));
        return e.fault();
    }

    private static WireException refusedRequest(ByteBuf bytes) {
        return refused(bytes, LIMITS);
    }

    private static WireException refused(ByteBuf bytes, WireLimits limits) {
        int references = bytes.refCnt();
        WireException e =
                assertThrows(WireException.class, () -> BinaryHttp.decodeRequest(bytes, limits));
        assertEquals(references, bytes.refCnt());
        return e;
    }

    /** A known-length request of any text, valid or not. */
    private static ByteBuf request(
            String method, String scheme, String authority, String path, List<String> fields) {
        ByteBuf section = Unpooled.buffer();
        fields.forEach(text -> text(section, text));
        ByteBuf out = Unpooled.buffer().writeByte(0);
        List.of(method, scheme, authority, path).forEach(text -> text(out, text));
        Varint.write(out, section.readableBytes());
        return out.writeBytes(section);
    }

    private static ByteBuf openForm(String value) {
        ByteBuf out = Unpooled.buffer().writeByte(2);
        List.of("GET", "http", "a", "/", "x", value, "").forEach(text -> text(out, text));
        return out;
    }

    private static void text(ByteBuf out, String text) {
        Varint.write(out, text.length());
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }

    private static String hex(ByteBuf bytes) {
        return ByteBufUtil.hexDump(bytes);
    }
}
