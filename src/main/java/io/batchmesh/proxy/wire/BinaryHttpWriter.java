package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;

/** Writes binary HTTP messages of known length. */
final class BinaryHttpWriter {
    /** Framing indicators, RFC 9292, section 3.3. */
    static final int KNOWN_REQUEST = 0;

    static final int KNOWN_RESPONSE = 1;
    static final int OPEN_REQUEST = 2;
    static final int OPEN_RESPONSE = 3;

    private final WireLimits limits;
    private final ByteBuf out;
    private final FieldWriter fields = FieldWriter.local();

    BinaryHttpWriter(WireLimits limits, ByteBuf out) {
        this.limits = limits;
        this.out = out;
    }

    void request(FullHttpRequest message, String scheme) throws WireException {
        request(message, scheme, FieldWriter.Part.ALL);
    }

    void request(FullHttpRequest message, String scheme, FieldWriter.Part part)
            throws WireException {
        String method = message.method().name();
        RequestTarget.checkMethod(method);
        RequestTarget target = RequestTarget.parse(message.uri(), scheme);
        Varint.write(out, KNOWN_REQUEST);
        text("method", method);
        text("scheme", target.scheme());
        text("authority", target.authority());
        text("path", target.path());
        boolean host = target.authority().isEmpty();
        var section = host ? FieldSection.REQUEST : FieldSection.REQUEST_WITHOUT_HOST;
        int length = message.content().readableBytes();
        fields.collect(message.headers(), section, length, limits, part);
        fields.writeTo(out);
        if (host && !fields.hostSeen()) {
            throw new WireException(Fault.MALFORMED, "header section", "has no host field");
        }
        rest(message.content(), message.trailingHeaders());
    }

    void response(FullHttpResponse message) throws WireException {
        int status = message.status().code();
        if (status < 200 || status > 599) {
            throw new WireException(
                    Fault.UNSUPPORTED, "status", "must be 200 to 599, not " + status);
        }
        Varint.write(out, KNOWN_RESPONSE);
        Varint.write(out, status);
        fields(message.headers(), FieldSection.RESPONSE, message.content().readableBytes());
        rest(message.content(), message.trailingHeaders());
    }

    /** Empty trailers, and empty content before them, are left out (RFC 9292, section 3.8). */
    private void rest(ByteBuf content, HttpHeaders trailers) throws WireException {
        int length = content.readableBytes();
        boolean last = trailers.isEmpty();
        if (length > 0 || !last) {
            if (length > limits.maxPayloadBytes()) {
                throw new WireException(
                        Fault.TOO_LARGE,
                        "content",
                        "%d bytes are over the limit of %d"
                                .formatted(length, limits.maxPayloadBytes()));
            }
            Varint.write(out, length);
            out.writeBytes(content, content.readerIndex(), length);
        }
        if (!last) {
            fields(trailers, FieldSection.TRAILERS, 0);
        }
    }

    private void fields(HttpHeaders headers, FieldSection section, long contentLength)
            throws WireException {
        fields.collect(headers, section, contentLength, limits);
        fields.writeTo(out);
    }

    private void text(String what, String text) throws WireException {
        if (text.length() > limits.maxFieldBytes()) {
            throw new WireException(
                    Fault.TOO_LARGE,
                    what,
                    "%d bytes are over the limit of %d"
                            .formatted(text.length(), limits.maxFieldBytes()));
        }
        Varint.write(out, text.length());
        ByteBufUtil.writeAscii(out, text);
    }
}
