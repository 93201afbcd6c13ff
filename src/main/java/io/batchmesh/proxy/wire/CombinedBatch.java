package io.batchmesh.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Frames being put together: the <em>combine</em> stage. Each caller's frames go into units of
 * their own, unless nothing is going to be compressed; so no way of using this mixes callers. Made
 * by {@link UnitWriter#begin}, used up by {@link UnitWriter#write}; close it if it is not written.
 *
 * <p>Messages are copied; what is added stays the caller's. If adding throws, the batch is as it
 * was before and can be used on.
 */
public final class CombinedBatch implements AutoCloseable {
    /** Room before the frames for the header of a unit that is not packed. */
    private static final int HEADER_ROOM = 9;

    private static final int MIN_UNIT = 512;
    private static final int MAX_HINT = 256 << 10;

    /**
     * What is known from the batches before.
     *
     * @param unitHint bytes of the largest unit of the last one
     * @param slots where the peer keeps credentials; null when it keeps none
     */
    record Memory(int unitHint, @Nullable CredentialSlots slots) {}

    private interface Write {
        void to(ByteBuf out) throws WireException;
    }

    /** The frames of one unit. */
    static final class Unit {
        private final CallerIdentity caller;
        private final ByteBuf bytes;

        private Unit(CallerIdentity caller, ByteBuf bytes) {
            this.caller = caller;
            this.bytes = bytes;
        }

        CallerIdentity caller() {
            return caller;
        }

        /** The frames; before them there is room for a header. */
        ByteBuf bytes() {
            return bytes;
        }

        /** Makes a unit that is not packed of the bytes, in place. */
        ByteBuf plain() {
            UnitHeader header = UnitHeader.plain(bytes.readableBytes());
            int end = bytes.writerIndex();
            int begin = bytes.readerIndex() - header.size();
            bytes.setIndex(begin, begin);
            header.write(bytes);
            return bytes.writerIndex(end);
        }
    }

    private final FrameEncoder encoder;
    private final WireLimits limits;
    private final ByteBufAllocator alloc;
    private final boolean apart;
    private final int unitHint;
    private final @Nullable CredentialSlots slots;
    private final List<Unit> units = new ArrayList<>();
    private final Map<CallerIdentity, Unit> open = new HashMap<>();
    private int frames;

    CombinedBatch(
            FrameEncoder encoder,
            WireLimits limits,
            ByteBufAllocator alloc,
            boolean apart,
            Memory memory) {
        this.encoder = encoder;
        this.limits = limits;
        this.alloc = alloc;
        this.apart = apart;
        this.unitHint = Math.clamp(memory.unitHint(), MIN_UNIT, MAX_HINT);
        this.slots = memory.slots();
        if (slots != null) {
            slots.begin();
        }
    }

    /**
     * Adds a request.
     *
     * @param caller whose it is
     * @param item its number
     * @param timeoutMillis milliseconds that its caller still waits; 0 = no deadline
     * @param scheme {@code http} or {@code https}
     * @param message the request; not released
     * @throws WireException if it cannot be carried: send it in another way, or refuse it
     */
    public void request(
            CallerIdentity caller,
            long item,
            long timeoutMillis,
            String scheme,
            FullHttpRequest message)
            throws WireException {
        int slot = slot(caller, message.headers());
        if (slot == CredentialSlots.NONE) {
            append(caller, out -> encoder.request(out, item, timeoutMillis, scheme, message));
        } else {
            var kept = new FrameEncoder.Kept(item, timeoutMillis, slot, scheme);
            append(caller, out -> encoder.kept(out, kept, message));
        }
    }

    /** Where the peer keeps, from now on at the latest, the credentials of a request. */
    private int slot(CallerIdentity caller, HttpHeaders headers) throws WireException {
        if (slots == null || !apart || caller.equals(CallerIdentity.ANONYMOUS)) {
            return CredentialSlots.NONE;
        }
        int known = slots.of(caller);
        if (known != CredentialSlots.NONE) {
            return known;
        }
        int taken = slots.take(caller, encoder.keptSize(headers));
        if (taken != CredentialSlots.NONE) {
            append(caller, out -> encoder.keep(out, taken, headers));
        }
        return taken;
    }

    /**
     * Adds a response.
     *
     * @param caller whose request it answers
     * @param item the request's number
     * @param report what was measured here
     * @param message the response; not released
     * @throws WireException if it cannot be carried: send an ERROR frame instead
     */
    public void response(
            CallerIdentity caller, long item, PeerReport report, FullHttpResponse message)
            throws WireException {
        append(caller, out -> encoder.response(out, item, report, message));
    }

    /**
     * Adds any frame; its message is copied and the frame not released.
     *
     * @throws WireException if its payload is over the limit
     */
    public void add(CallerIdentity caller, Frame frame) throws WireException {
        append(caller, out -> encoder.encode(out, frame));
    }

    /** Frames added so far. */
    public int frames() {
        return frames;
    }

    /** Bytes of these frames. */
    public long rawBytes() {
        long sum = 0;
        for (Unit unit : units) {
            sum += unit.bytes.readableBytes();
        }
        return sum;
    }

    /** Bytes of credentials that were left out, since the peer keeps them. */
    long sparedBytes() {
        return slots == null ? 0 : slots.spared();
    }

    /** The units, which whoever takes them owns from now on. */
    List<Unit> take() {
        List<Unit> taken = List.copyOf(units);
        units.clear();
        open.clear();
        return taken;
    }

    private void append(CallerIdentity caller, Write write) throws WireException {
        CallerIdentity key = apart ? caller : CallerIdentity.ANONYMOUS;
        Unit unit = open.get(key);
        if (unit == null) {
            unit = open(key);
        }
        int before = unit.bytes.writerIndex();
        boolean done = false;
        try {
            write.to(unit.bytes);
            done = true;
        } finally {
            if (!done) {
                unit.bytes.writerIndex(before);
            }
        }
        frames++;
        if (unit.bytes.readableBytes() > limits.maxUnitBytes()) {
            ByteBuf frame = unit.bytes.slice(before, unit.bytes.writerIndex() - before);
            open(key).bytes.writeBytes(frame);
            unit.bytes.writerIndex(before);
        }
    }

    private Unit open(CallerIdentity key) {
        ByteBuf bytes = alloc.directBuffer(HEADER_ROOM + unitHint);
        Unit unit = new Unit(key, bytes.writerIndex(HEADER_ROOM).readerIndex(HEADER_ROOM));
        units.add(unit);
        open.put(key, unit);
        return unit;
    }

    /** Gives back the memory of what was not written. */
    @Override
    public void close() {
        take().forEach(unit -> unit.bytes.release());
    }
}
