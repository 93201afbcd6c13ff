package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes frames from bytes that arrive in any split. Holds at most one incomplete frame. Messages
 * of the frames share the memory they arrived in where a frame came in one piece. For one thread at
 * a time; after a {@link WireException} only {@link #close} may follow.
 */
public final class FrameDecoder implements AutoCloseable {
    private static final int UNKNOWN = -1;

    private final WireLimits limits;
    private final ByteBufAllocator alloc;
    private final CredentialStore credentials;
    private @Nullable ByteBuf pending;
    private int needed = UNKNOWN;
    private long frames;
    private boolean closed;

    /** A decoder whose own memory, for incomplete frames, comes from {@code alloc}. */
    public FrameDecoder(WireLimits limits, ByteBufAllocator alloc) {
        this.limits = limits;
        this.alloc = alloc;
        this.credentials = new CredentialStore(limits);
    }

    /**
     * Takes all readable bytes and hands over every frame that is complete. The caller still owns
     * {@code in}; the sink owns the frames.
     *
     * @throws WireException if the bytes are malformed; frames handed over before stay valid
     */
    public void feed(ByteBuf in, Consumer<Frame> sink) throws WireException {
        while (in.isReadable()) {
            if (closed) {
                in.skipBytes(in.readableBytes());
            } else if (pending != null) {
                topUp(pending, in, sink);
            } else if (!decode(in, sink)) {
                pending = alloc.buffer(Math.max(256, in.readableBytes()));
                pending.writeBytes(in);
            }
        }
    }

    /** Whether no frame has begun that is not complete. */
    public boolean atBoundary() {
        return pending == null;
    }

    /**
     * Says that no byte follows.
     *
     * @throws WireException if the last frame is not complete
     */
    public void end() throws WireException {
        if (!atBoundary()) {
            throw fault(Fault.TRUNCATED, "the input ends inside the frame");
        }
    }

    /** Gives back the memory of an incomplete frame. What is fed from now on is thrown away. */
    @Override
    public void close() {
        closed = true;
        drop();
    }

    private void drop() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    private void topUp(ByteBuf held, ByteBuf in, Consumer<Frame> sink) throws WireException {
        int missing = needed == UNKNOWN ? 1 : needed - held.readableBytes();
        held.writeBytes(in, Math.min(missing, in.readableBytes()));
        if (needed == UNKNOWN || held.readableBytes() == needed) {
            if (decode(held, sink)) {
                drop();
            }
        }
    }

    /** Decodes the frame that begins at the reader index, if it is complete. */
    private boolean decode(ByteBuf in, Consumer<Frame> sink) throws WireException {
        int begin = in.readerIndex();
        long type = Varint.tryRead(in);
        long item = type < 0 ? Varint.INCOMPLETE : Varint.tryRead(in);
        long length = item < 0 ? Varint.INCOMPLETE : Varint.tryRead(in);
        if (length > limits.maxPayloadBytes()) {
            throw fault(
                    Fault.TOO_LARGE,
                    "payload of %d bytes is over the limit of %d"
                            .formatted(length, limits.maxPayloadBytes()));
        }
        if (length < 0 || in.readableBytes() < length) {
            needed = length < 0 ? UNKNOWN : in.readerIndex() - begin + (int) length;
            in.readerIndex(begin);
            return false;
        }
        needed = UNKNOWN;
        int end = in.readerIndex() + (int) length;
        Frame frame = payload(type, item, in, end);
        frames++;
        if (frame != null) {
            sink.accept(frame);
        }
        return true;
    }

    /** The frame, or null for a type that is skipped. */
    private @Nullable Frame payload(long type, long item, ByteBuf in, int end)
            throws WireException {
        try {
            Frame frame =
                    switch (type <= Frame.ANSWER_END ? (int) type : UNKNOWN) {
                        case Frame.REQUEST -> {
                            long timeout = Varint.read(in, end, "timeout");
                            yield new Frame.Request(item, timeout, rest(in, end));
                        }
                        case Frame.REQUEST_KEPT -> {
                            long timeout = Varint.read(in, end, "timeout");
                            var kept = credentials.get(Varint.read(in, end, "slot"));
                            yield new Frame.Request(item, timeout, rest(in, end), kept);
                        }
                        case Frame.KEEP -> {
                            credentials.keep(item, in, end);
                            yield null;
                        }
                        case Frame.RESPONSE ->
                                new Frame.Response(item, report(in, end), rest(in, end));
                        case Frame.ANSWER_HEAD ->
                                new Frame.AnswerHead(item, report(in, end), rest(in, end));
                        case Frame.ANSWER_PART -> new Frame.AnswerPart(item, rest(in, end));
                        case Frame.ANSWER_END ->
                                new Frame.AnswerEnd(item, report(in, end), rest(in, end));
                        case Frame.CANCEL -> new Frame.Cancel(item);
                        case Frame.CREDIT ->
                                new Frame.Credit(
                                        item,
                                        Varint.read(in, end, "items"),
                                        Varint.read(in, end, "bytes"));
                        case Frame.PING -> new Frame.Ping(item, answer(in, end));
                        case Frame.GOAWAY -> new Frame.GoAway(item);
                        case Frame.ERROR -> error(item, in, end);
                        default -> {
                            in.readerIndex(end);
                            yield null;
                        }
                    };
            if (in.readerIndex() != end) {
                throw new WireException(
                        Fault.MALFORMED,
                        "",
                        (end - in.readerIndex()) + " payload bytes too many for this type");
            }
            return frame;
        } catch (WireException e) {
            throw e.within("frame %d (type %d, item %d)".formatted(frames + 1, type, item));
        }
    }

    private static PeerReport report(ByteBuf in, int end) throws WireException {
        long held = Varint.read(in, end, "held time");
        return new PeerReport(held, Varint.read(in, end, "service time"));
    }

    private static ByteBuf rest(ByteBuf in, int end) {
        return in.readRetainedSlice(end - in.readerIndex());
    }

    private static boolean answer(ByteBuf in, int end) throws WireException {
        int flag = in.readerIndex() < end ? in.readByte() : UNKNOWN;
        if (flag != 0 && flag != 1) {
            throw new WireException(Fault.MALFORMED, "", "payload must be one byte, 0 or 1");
        }
        return flag == 1;
    }

    private static Frame error(long item, ByteBuf in, int end) throws WireException {
        long status = Varint.read(in, end, "status");
        if (status < 400 || status > 599) {
            throw new WireException(
                    Fault.MALFORMED, "", "status must be 400 to 599, not " + status);
        }
        int length = end - in.readerIndex();
        if (length > WireProtocol.MAX_REASON_BYTES) {
            throw new WireException(
                    Fault.TOO_LARGE, "", "reason of %d bytes is over 1024".formatted(length));
        }
        String reason = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
        return new Frame.Failure(item, (int) status, reason);
    }

    private WireException fault(Fault fault, String what) {
        return new WireException(fault, "frame " + (frames + 1), what);
    }
}
