package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads one binary HTTP message from a buffer. */
final class BinaryHttpReader {
    private static final int MAX_INFORMATIONAL = 16;
    private static final DefaultHttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final DefaultHttpHeadersFactory TRAILERS =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

    private final ByteBuf in;
    private final int end;
    private final WireLimits limits;
    private final FieldReader fields;
    private boolean known;
    private int contentAt;
    private int contentLength;
    private int chunksAt;
    private int chunks;

    BinaryHttpReader(ByteBuf in, WireLimits limits) {
        this.in = in;
        this.end = in.writerIndex();
        this.limits = limits;
        this.fields = FieldReader.local();
    }

    BinaryHttp.Request request() throws WireException {
        framing(BinaryHttpWriter.KNOWN_REQUEST, BinaryHttpWriter.OPEN_REQUEST, "request");
        String method = text("method");
        RequestTarget.checkMethod(method);
        RequestTarget target =
                new RequestTarget(text("scheme"), text("authority"), text("path")).checked();
        HttpHeaders headers = HEADERS.newHeaders();
        fields.read(in, known, limits, FieldSection.REQUEST, headers);
        String length = fields.contentLength();
        host(target.authority(), fields.host(), headers);
        HttpHeaders trailers = rest();
        boolean add = checkLength(length, FieldSection.REQUEST) && trailers.isEmpty();
        if (add) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(contentLength));
        }
        return new BinaryHttp.Request(
                target.scheme(),
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(method),
                        target.path(),
                        content(),
                        headers,
                        trailers));
    }

    FullHttpResponse response() throws WireException {
        framing(BinaryHttpWriter.KNOWN_RESPONSE, BinaryHttpWriter.OPEN_RESPONSE, "response");
        int status = status();
        for (int i = 0; status < 200; i++) {
            if (i == MAX_INFORMATIONAL) {
                throw new WireException(
                        Fault.TOO_LARGE, "status", "more than 16 informational responses");
            }
            fields.read(in, known, limits, FieldSection.INFORMATIONAL, null);
            status = status();
        }
        HttpHeaders headers = HEADERS.newHeaders();
        fields.read(in, known, limits, FieldSection.RESPONSE, headers);
        String length = fields.contentLength();
        HttpHeaders trailers = rest();
        boolean add = checkLength(length, FieldSection.RESPONSE) && trailers.isEmpty();
        if (add) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(contentLength));
        }
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                content(),
                headers,
                trailers);
    }

    /** Reads a section that is all there is. */
    static HttpHeaders trailers(ByteBuf in, WireLimits limits) throws WireException {
        HttpHeaders trailers = TRAILERS.newHeaders();
        FieldReader.local().read(in, true, limits, FieldSection.TRAILERS, trailers);
        if (in.isReadable()) {
            throw new WireException(Fault.MALFORMED, "trailers", "bytes follow them");
        }
        return trailers;
    }

    private void framing(int knownLength, int open, String what) throws WireException {
        long framing = Varint.read(in, end, "framing indicator");
        if (framing != knownLength && framing != open) {
            throw new WireException(
                    Fault.MALFORMED,
                    "framing indicator",
                    "must be %d or %d for a %s, not %d"
                            .formatted(knownLength, open, what, framing));
        }
        known = framing == knownLength;
    }

    private int status() throws WireException {
        long status = Varint.read(in, end, "status");
        if (status < 100 || status > 599) {
            throw new WireException(Fault.MALFORMED, "status", "must be 100 to 599, not " + status);
        }
        return (int) status;
    }

    private String text(String what) throws WireException {
        int length = length(what);
        if (length > limits.maxFieldBytes()) {
            throw new WireException(
                    Fault.TOO_LARGE,
                    what,
                    "%d bytes are over the limit of %d".formatted(length, limits.maxFieldBytes()));
        }
        return in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    }

    private int length(String what) throws WireException {
        long length = Varint.read(in, end, what);
        if (length > end - in.readerIndex()) {
            throw new WireException(
                    Fault.TRUNCATED,
                    what,
                    "%d bytes announced, %d left".formatted(length, end - in.readerIndex()));
        }
        return (int) length;
    }

    private static void host(String authority, @Nullable String host, HttpHeaders headers)
            throws WireException {
        if (host == null && authority.isEmpty()) {
            throw new WireException(
                    Fault.MALFORMED, "header section", "has no host field, nor is there authority");
        }
        if (host == null) {
            headers.set(HttpHeaderNames.HOST, authority);
        } else if (!authority.isEmpty() && !authority.equalsIgnoreCase(host)) {
            throw new WireException(
                    Fault.MALFORMED, "header section", "has a host that is not the authority");
        }
    }

    /** Finds the content, reads the trailers, checks the padding. */
    private HttpHeaders rest() throws WireException {
        if (known) {
            contentLength = in.readerIndex() < end ? length("content") : 0;
            contentAt = in.readerIndex();
            in.skipBytes(contentLength);
        } else if (in.readerIndex() < end) {
            chunks();
        }
        HttpHeaders trailers = TRAILERS.newEmptyHeaders();
        if (in.readerIndex() < end) {
            fields.read(in, known, limits, FieldSection.TRAILERS, trailers);
        }
        int stray = in.forEachByte(in.readerIndex(), end - in.readerIndex(), b -> b == 0);
        if (stray >= 0) {
            throw new WireException(Fault.MALFORMED, "padding", "must be zero bytes");
        }
        in.readerIndex(end);
        return trailers;
    }

    private void chunks() throws WireException {
        chunksAt = in.readerIndex();
        for (int length = length("chunk"); length > 0; length = length("chunk")) {
            contentAt = in.readerIndex();
            contentLength += length;
            in.skipBytes(length);
            chunks++;
        }
    }

    /** Checks the field against the content; true if there is content and no field. */
    private boolean checkLength(@Nullable String field, FieldSection section) throws WireException {
        if (field == null) {
            return contentLength > 0;
        }
        FieldRules.checkContentLength(field, section, contentLength);
        return false;
    }

    /** The content, which the caller owns: one chunk shares memory, several are put together. */
    private ByteBuf content() {
        if (contentLength == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        if (chunks <= 1) {
            return in.retainedSlice(contentAt, contentLength);
        }
        ByteBuf whole = in.alloc().buffer(contentLength, contentLength);
        ByteBuf from = in.duplicate();
        from.readerIndex(chunksAt);
        for (long n = Varint.tryRead(from); n > 0; n = Varint.tryRead(from)) {
            whole.writeBytes(from, (int) n);
        }
        return whole;
    }
}
