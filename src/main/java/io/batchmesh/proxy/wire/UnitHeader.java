package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the body of a unit; the layout is in the package description.
 *
 * @param codec how the body is packed
 * @param contextId the running context that the body continues, or {@link #FRESH}
 * @param reset whether that context starts with this unit
 * @param rawLength bytes of the frames; that of the body if it is not packed
 * @param bodyLength bytes that follow
 */
record UnitHeader(Codec codec, int contextId, boolean reset, int rawLength, int bodyLength) {
    /** No running context. */
    static final int FRESH = -1;

    /** The longest header: flags and three varints of eight bytes. */
    static final int MAX_BYTES = 25;

    private static final Codec[] CODECS = Codec.values();
    private static final int CODEC = 0x0f;
    private static final int RUNNING = 0x10;
    private static final int RESET = 0x20;

    static UnitHeader plain(int length) {
        return new UnitHeader(Codec.NONE, FRESH, false, length, length);
    }

    boolean running() {
        return contextId != FRESH;
    }

    /** How many bytes {@link #write} takes. */
    int size() {
        return 1
                + (running() ? Varint.size(contextId) : 0)
                + (codec == Codec.NONE ? 0 : Varint.size(rawLength))
                + Varint.size(bodyLength);
    }

    void write(ByteBuf out) {
        int flags = codec.wireNumber() | (running() ? RUNNING : 0) | (reset ? RESET : 0);
        out.writeByte(flags);
        if (running()) {
            Varint.write(out, contextId);
        }
        if (codec != Codec.NONE) {
            Varint.write(out, rawLength);
        }
        Varint.write(out, bodyLength);
    }

    /** Reads a header, or gives null and reads nothing if it is not all there. */
    static @Nullable UnitHeader tryRead(ByteBuf in, WireLimits limits) throws WireException {
        int begin = in.readerIndex();
        int flags = in.readUnsignedByte();
        Codec codec = codec(flags);
        long context = (flags & RUNNING) == 0 ? FRESH : Varint.tryRead(in);
        boolean complete = (flags & RUNNING) == 0 || context >= 0;
        long raw = codec == Codec.NONE ? 0 : complete ? Varint.tryRead(in) : -1;
        long body = raw < 0 ? -1 : Varint.tryRead(in);
        if (!complete || body < 0) {
            in.readerIndex(begin);
            return null;
        }
        if (context >= WireProtocol.MAX_CONTEXTS) {
            throw malformed("context id must be 0 to 31, not " + context);
        }
        if (codec == Codec.NONE) {
            raw = body;
        }
        check(codec, raw, body, limits);
        return new UnitHeader(codec, (int) context, (flags & RESET) != 0, (int) raw, (int) body);
    }

    private static Codec codec(int flags) throws WireException {
        int number = flags & CODEC;
        if ((flags & ~(CODEC | RUNNING | RESET)) != 0 || number >= CODECS.length) {
            throw malformed("flags are 0x%02x: neither a codec nor reserved".formatted(flags));
        }
        Codec codec = CODECS[number];
        boolean running = (flags & RUNNING) != 0;
        boolean reset = (flags & RESET) != 0;
        if (running ? codec != Codec.ZSTD : reset) {
            throw malformed("flags are 0x%02x: only zstd has running contexts".formatted(flags));
        }
        return codec;
    }

    private static void check(Codec codec, long raw, long body, WireLimits limits)
            throws WireException {
        if (raw > limits.maxUnitBytes()) {
            throw tooLarge("%d raw bytes are over the limit of %d", raw, limits.maxUnitBytes());
        }
        if (codec == Codec.NONE) {
            return;
        }
        if (raw == 0 || body == 0) {
            throw malformed("a compressed unit must not be empty");
        }
        if (body > maxBody(raw)) {
            throw tooLarge("a body of %d bytes is too long for %d raw bytes", body, raw);
        }
        if (!limits.allowsRatio(raw, body)) {
            throw tooLarge("%d raw bytes are too many for a body of %d", raw, body);
        }
    }

    /** More than any codec needs for data that does not shrink. */
    private static long maxBody(long raw) {
        return raw + (raw >> 6) + 512;
    }

    private static WireException tooLarge(String what, long a, long b) {
        return new WireException(Fault.TOO_LARGE, "header", what.formatted(a, b));
    }

    private static WireException malformed(String what) {
        return new WireException(Fault.MALFORMED, "header", what);
    }
}
