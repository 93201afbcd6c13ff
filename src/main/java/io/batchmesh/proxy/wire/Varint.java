package io.batchmesh.proxy.wire;

import io.netty.buffer.ByteBuf;

/**
 * Variable-length integers of RFC 9000, section 16: the two highest bits of the first byte give the
 * length (1, 2, 4 or 8 bytes), the rest is the value, big-endian. Encoded at the least length,
 * decoded at any.
 */
public final class Varint {
    /** The largest value, 2<sup>62</sup> − 1. */
    public static final long MAX = (1L << 62) - 1;

    /** What {@link #tryRead} returns when the integer is not all there yet. */
    static final long INCOMPLETE = -1;

    private static final int MAX_2 = (1 << 14) - 1;
    private static final int MAX_4 = (1 << 30) - 1;

    private Varint() {}

    /**
     * Appends a value at its least length.
     *
     * @throws IllegalArgumentException if it is negative or above {@link #MAX}
     */
    public static void write(ByteBuf out, long value) {
        switch (size(value)) {
            case 1 -> out.writeByte((int) value);
            case 2 -> out.writeShort((int) value | 0x4000);
            case 4 -> out.writeInt((int) value | 0x8000_0000);
            default -> out.writeLong(value | 0xC000_0000_0000_0000L);
        }
    }

    /**
     * How many bytes {@link #write} takes for a value.
     *
     * @throws IllegalArgumentException if it is negative or above {@link #MAX}
     */
    public static int size(long value) {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("not a varint: " + value);
        }
        return value < 64 ? 1 : value <= MAX_2 ? 2 : value <= MAX_4 ? 4 : 8;
    }

    /**
     * Reads a value that must lie before {@code end}, an index of the buffer.
     *
     * @throws WireException if the value does not end there
     */
    public static long read(ByteBuf in, int end, String what) throws WireException {
        long value =
                in.readerIndex() < end && in.readerIndex() + sizeAt(in) <= end
                        ? tryRead(in)
                        : INCOMPLETE;
        if (value == INCOMPLETE) {
            throw new WireException(
                    WireException.Fault.TRUNCATED, "", what + " is cut off: a varint must follow");
        }
        return value;
    }

    /** Reads a value if all of it is readable; else reads nothing and gives {@link #INCOMPLETE}. */
    static long tryRead(ByteBuf in) {
        if (!in.isReadable()) {
            return INCOMPLETE;
        }
        int size = sizeAt(in);
        if (in.readableBytes() < size) {
            return INCOMPLETE;
        }
        return switch (size) {
            case 1 -> in.readByte();
            case 2 -> in.readShort() & MAX_2;
            case 4 -> in.readInt() & MAX_4;
            default -> in.readLong() & MAX;
        };
    }

    /** Writes two bytes at an index, whatever the value's least length; at most 16 383. */
    static void set2(ByteBuf out, int index, int value) {
        out.setShort(index, value | 0x4000);
    }

    /** Writes four bytes at an index, whatever the value's least length; at most 2^30 - 1. */
    static void set4(ByteBuf out, int index, int value) {
        out.setInt(index, value | 0x8000_0000);
    }

    private static int sizeAt(ByteBuf in) {
        return 1 << (in.getUnsignedByte(in.readerIndex()) >>> 6);
    }
}
