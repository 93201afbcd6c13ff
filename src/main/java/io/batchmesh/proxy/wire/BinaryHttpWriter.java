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

    private BinaryHttpWriter() {}

    static void request(FullHttpRequest message, String scheme, ByteBuf out) throws WireException {
        String method = message.method().name();
        RequestTarget.checkMethod(method);
        RequestTarget target = RequestTarget.parse(message.uri(), scheme);
        Varint.write(out, KNOWN_REQUEST);
        text(out, method);
        text(out, target.scheme());
        text(out, target.authority());
        text(out, target.path());
        boolean host = target.authority().isEmpty();
        FieldSection section = host ? FieldSection.REQUEST : FieldSection.REQUEST_WITHOUT_HOST;
        FieldWriter fields = FieldWriter.local();
        fields.write(message.headers(), section, message.content().readableBytes(), out);
        if (host && !fields.hostSeen()) {
            throw new WireException(Fault.MALFORMED, "header section", "has no host field");
        }
        rest(message.content(), message.trailingHeaders(), out);
    }

    static void response(FullHttpResponse message, ByteBuf out) throws WireException {
        int status = message.status().code();
        if (status < 200 || status > 599) {
            throw new WireException(
                    Fault.UNSUPPORTED, "status", "must be 200 to 599, not " + status);
        }
        Varint.write(out, KNOWN_RESPONSE);
        Varint.write(out, status);
        FieldWriter.local()
                .write(
                        message.headers(),
                        FieldSection.RESPONSE,
                        message.content().readableBytes(),
                        out);
        rest(message.content(), message.trailingHeaders(), out);
    }

    private static void rest(ByteBuf content, HttpHeaders trailers, ByteBuf out)
            throws WireException {
        int length = content.readableBytes();
        boolean last = trailers.isEmpty();
        if (length > 0 || !last) {
            Varint.write(out, length);
            out.writeBytes(content, content.readerIndex(), length);
        }
        if (!last) {
            FieldWriter.local().write(trailers, FieldSection.TRAILERS, 0, out);
        }
    }

    private static void text(ByteBuf out, String text) {
        Varint.write(out, text.length());
        ByteBufUtil.writeAscii(out, text);
    }
}
