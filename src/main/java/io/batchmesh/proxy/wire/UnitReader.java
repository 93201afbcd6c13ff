package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half for one direction of one stream, or for one body of {@code POST /batch}. Takes
 * bytes in any split; frames of units that are not packed come out as soon as they are complete.
 * Holds at most one incomplete packed body and one incomplete frame.
 *
 * <p>For one thread at a time. After a {@link WireException} close the connection, since the place
 * of the next unit is not known; feeding on throws the same again.
 */
public final class UnitReader implements AutoCloseable {
    private final WireLimits limits;
    private final ByteBufAllocator alloc;
    private final FrameDecoder frames;
    private final BatchDecompressor decompressor = new BatchDecompressor();
    private final ByteBuf head = Unpooled.buffer(UnitHeader.MAX_BYTES, UnitHeader.MAX_BYTES);
    private @Nullable UnitHeader unit;
    private @Nullable ByteBuf body;
    private int left;
    private long units;
    private long rawBytes;
    private long wireBytes;
    private boolean closed;
    private @Nullable WireException failed;

    /** A reader whose own memory comes from {@code alloc}. */
    public UnitReader(WireLimits limits, ByteBufAllocator alloc) {
        this.limits = limits;
        this.alloc = alloc;
        this.frames = new FrameDecoder(limits, alloc);
    }

    /**
     * Takes all readable bytes and hands over every frame that is complete. The caller still owns
     * {@code in}; the sink owns the frames and must {@link Frame#release} each.
     *
     * @throws WireException if the bytes are malformed or over a limit; frames handed over before
     *     stay valid
     */
    public void feed(ByteBuf in, Consumer<Frame> sink) throws WireException {
        if (failed != null) {
            throw failed;
        }
        wireBytes += in.readableBytes();
        try {
            while (in.isReadable()) {
                if (closed) {
                    in.skipBytes(in.readableBytes());
                } else if (unit == null) {
                    begin(in);
                } else if (unit.codec() == Codec.NONE) {
                    plain(in, sink);
                } else {
                    packed(unit, in, sink);
                }
            }
        } catch (WireException e) {
            failed = e.within("unit " + (unit == null ? units + 1 : units));
            close();
            throw failed;
        }
    }

    /**
     * Says that no byte follows: the end of a body, or a stream that was closed.
     *
     * @throws WireException if a unit is not complete
     */
    public void end() throws WireException {
        if (unit != null || head.isReadable()) {
            throw new WireException(
                    Fault.TRUNCATED, "unit " + (units + 1), "the input ends inside the unit");
        }
    }

    /** Whether the last unit is complete and the next has not begun. */
    public boolean betweenUnits() {
        return unit == null && !head.isReadable();
    }

    /** Bytes of frames so far, unpacked. */
    public long rawBytes() {
        return rawBytes;
    }

    /** Bytes fed so far. */
    public long wireBytes() {
        return wireBytes;
    }

    private void begin(ByteBuf in) throws WireException {
        UnitHeader next;
        if (head.isReadable()) {
            head.writeByte(in.readByte());
            next = UnitHeader.tryRead(head, limits);
        } else {
            next = UnitHeader.tryRead(in, limits);
            if (next == null) {
                head.writeBytes(in);
            }
        }
        if (next == null) {
            return;
        }
        head.clear();
        units++;
        rawBytes += next.rawLength();
        left = next.bodyLength();
        unit = left == 0 ? null : next;
    }

    private void plain(ByteBuf in, Consumer<Frame> sink) throws WireException {
        int length = Math.min(left, in.readableBytes());
        int end = in.writerIndex();
        in.writerIndex(in.readerIndex() + length);
        try {
            frames.feed(in, sink);
        } finally {
            in.writerIndex(end);
        }
        left -= length;
        if (left == 0) {
            finish();
        }
    }

    private void packed(UnitHeader header, ByteBuf in, Consumer<Frame> sink) throws WireException {
        if (body == null && in.readableBytes() >= left) {
            unpack(header, in, sink);
            return;
        }
        if (body == null) {
            body = alloc.directBuffer(Math.min(left, Math.max(4096, in.readableBytes())), left);
        }
        int length = Math.min(header.bodyLength() - body.readableBytes(), in.readableBytes());
        body.writeBytes(in, length);
        if (body.readableBytes() == header.bodyLength()) {
            ByteBuf whole = body;
            body = null;
            try {
                unpack(header, whole, sink);
            } finally {
                whole.release();
            }
        }
    }

    private void unpack(UnitHeader header, ByteBuf from, Consumer<Frame> sink)
            throws WireException {
        ByteBuf raw = decompressor.unpack(header, from, alloc);
        try {
            frames.feed(raw, sink);
        } finally {
            raw.release();
        }
        finish();
    }

    private void finish() throws WireException {
        frames.end();
        unit = null;
    }

    /** Gives back all memory and contexts. What is fed from now on is thrown away. */
    @Override
    public void close() {
        closed = true;
        frames.close();
        decompressor.close();
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
