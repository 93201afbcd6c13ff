package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Appends frames to a buffer. Stateless; takes no ownership of what it is given. If it throws, the
 * buffer is as it was.
 */
public final class FrameEncoder {
    private static final int SHORT_LENGTH = 2;
    private static final int LONG_LENGTH = 4;
    private static final int MAX_SHORT = (1 << 14) - 1;

    private final WireLimits limits;

    /** An encoder that refuses payloads over the limits. */
    public FrameEncoder(WireLimits limits) {
        this.limits = limits;
    }

    private interface Payload {
        void writeTo(ByteBuf out) throws WireException;
    }

    /** Appends a request straight from the HTTP message, without a buffer in between. */
    public void request(
            ByteBuf out, long item, long timeoutMillis, String scheme, FullHttpRequest message)
            throws WireException {
        sized(
                out,
                Frame.REQUEST,
                item,
                message.content(),
                to -> {
                    Varint.write(to, timeoutMillis);
                    BinaryHttp.encodeRequest(message, scheme, limits, to);
                });
    }

    /** Appends the credentials of a request, to be kept in a slot; their bytes. */
    int keep(ByteBuf out, int slot, HttpHeaders headers) throws WireException {
        var fields = FieldWriter.local();
        fields.collect(headers, FieldSection.TRAILERS, 0, limits, FieldWriter.Part.CREDENTIALS);
        int size = fields.size();
        header(out, Frame.KEEP, slot, size);
        fields.writeTo(out);
        return size;
    }

    /** The bytes that {@link #keep} would take. */
    int keptSize(HttpHeaders headers) throws WireException {
        var fields = FieldWriter.local();
        fields.collect(headers, FieldSection.TRAILERS, 0, limits, FieldWriter.Part.CREDENTIALS);
        return fields.size();
    }

    /** Appends a request whose credentials are in a slot. */
    void kept(ByteBuf out, Kept request, FullHttpRequest message) throws WireException {
        sized(
                out,
                Frame.REQUEST_KEPT,
                request.item(),
                message.content(),
                to -> {
                    Varint.write(to, request.timeoutMillis());
                    Varint.write(to, request.slot());
                    new BinaryHttpWriter(limits, to)
                            .request(message, request.scheme(), FieldWriter.Part.OTHERS);
                });
    }

    /** What is said of a request besides its message. */
    record Kept(long item, long timeoutMillis, int slot, String scheme) {}

    /** Appends a response straight from the HTTP message, without a buffer in between. */
    public void response(ByteBuf out, long item, PeerReport report, FullHttpResponse message)
            throws WireException {
        sized(
                out,
                Frame.RESPONSE,
                item,
                message.content(),
                to -> {
                    Varint.write(to, report.heldNanos());
                    Varint.write(to, report.serviceNanos());
                    BinaryHttp.encodeResponse(message, limits, to);
                });
    }

    /** Appends any frame; the message of a request or response is copied, its indexes unchanged. */
    public void encode(ByteBuf out, Frame frame) throws WireException {
        switch (frame) {
            case Frame.Request r -> {
                if (r.kept() != null) {
                    throw new IllegalArgumentException("slots are only known to a stream");
                }
                int prefix = Varint.size(r.timeoutMillis());
                header(out, Frame.REQUEST, r.item(), prefix + r.message().readableBytes());
                Varint.write(out, r.timeoutMillis());
                append(out, r.message());
            }
            case Frame.Response r ->
                    reported(out, Frame.RESPONSE, r.item(), r.report(), r.message());
            case Frame.AnswerHead a ->
                    reported(out, Frame.ANSWER_HEAD, a.item(), a.report(), a.message());
            case Frame.AnswerPart a -> {
                header(out, Frame.ANSWER_PART, a.item(), a.content().readableBytes());
                append(out, a.content());
            }
            case Frame.AnswerEnd a ->
                    reported(out, Frame.ANSWER_END, a.item(), a.report(), a.trailers());
            case Frame.Cancel c -> header(out, Frame.CANCEL, c.item(), 0);
            case Frame.Credit c -> {
                header(
                        out,
                        Frame.CREDIT,
                        c.item(),
                        Varint.size(c.items()) + Varint.size(c.bytes()));
                Varint.write(out, c.items());
                Varint.write(out, c.bytes());
            }
            case Frame.Ping p -> {
                header(out, Frame.PING, p.token(), 1);
                out.writeByte(p.answer() ? 1 : 0);
            }
            case Frame.GoAway g -> header(out, Frame.GOAWAY, g.lastItem(), 0);
            case Frame.Failure e -> error(out, e);
        }
    }

    private void reported(ByteBuf out, int type, long item, PeerReport report, ByteBuf message)
            throws WireException {
        long held = report.heldNanos();
        long service = report.serviceNanos();
        int prefix = Varint.size(held) + Varint.size(service);
        header(out, type, item, prefix + message.readableBytes());
        Varint.write(out, held);
        Varint.write(out, service);
        append(out, message);
    }

    private void error(ByteBuf out, Frame.Failure e) throws WireException {
        String reason = cut(e.reason());
        int bytes = ByteBufUtil.utf8Bytes(reason);
        header(out, Frame.ERROR, e.item(), Varint.size(e.status()) + bytes);
        Varint.write(out, e.status());
        ByteBufUtil.writeUtf8(out, reason);
    }

    /** Shortens a reason to what fits, without splitting a character. */
    private static String cut(String reason) {
        int max = WireProtocol.MAX_REASON_BYTES / 3;
        if (reason.length() <= max || ByteBufUtil.utf8Bytes(reason) <= max * 3) {
            return reason;
        }
        return reason.substring(
                0, Character.isHighSurrogate(reason.charAt(max - 1)) ? max - 1 : max);
    }

    private static void append(ByteBuf out, ByteBuf message) {
        out.writeBytes(message, message.readerIndex(), message.readableBytes());
    }

    private void header(ByteBuf out, int type, long item, int length) throws WireException {
        check(length, item);
        Varint.write(out, type);
        Varint.write(out, item);
        Varint.write(out, length);
    }

    /** Writes a payload whose length shows only afterwards: room is kept free for it. */
    private void sized(ByteBuf out, int type, long item, ByteBuf content, Payload payload)
            throws WireException {
        int begin = out.writerIndex();
        boolean done = false;
        try {
            if (content.readableBytes() > MAX_SHORT / 2
                    || !sized(out, type, item, SHORT_LENGTH, payload)) {
                out.writerIndex(begin);
                sized(out, type, item, LONG_LENGTH, payload);
            }
            done = true;
        } finally {
            if (!done) {
                out.writerIndex(begin);
            }
        }
    }

    private boolean sized(ByteBuf out, int type, long item, int width, Payload payload)
            throws WireException {
        Varint.write(out, type);
        Varint.write(out, item);
        int lengthAt = out.writerIndex();
        out.writeZero(width);
        payload.writeTo(out);
        int length = out.writerIndex() - lengthAt - width;
        check(length, item);
        if (width == LONG_LENGTH) {
            Varint.set4(out, lengthAt, length);
        } else if (length <= MAX_SHORT) {
            Varint.set2(out, lengthAt, length);
        } else {
            return false;
        }
        return true;
    }

    private void check(int length, long item) throws WireException {
        if (length > limits.maxPayloadBytes()) {
            throw new WireException(
                    Fault.TOO_LARGE,
                    "item " + item,
                    "payload of %d bytes is over the limit of %d"
                            .formatted(length, limits.maxPayloadBytes()));
        }
    }
}
