package io.batchmesh.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half for one direction of one stream, or for single bodies of {@code POST /batch}: in
 * two calls, so that the stages <em>combine</em> and <em>compress</em> can be timed apart.
 *
 * <pre>{@code
 * CombinedBatch batch = writer.begin(alloc);            // combine
 * batch.request(caller, item, timeout, "http", message);
 * UnitSizes sizes = writer.write(batch, channel::write); // compress
 * }</pre>
 *
 * <p>For one thread at a time. Units must reach the other side in the order they were written.
 */
public final class UnitWriter implements AutoCloseable {
    private final WireLimits limits;
    private final FrameEncoder encoder;
    private Compression compression;
    private BatchCompressor compressor;
    private int unitHint;
    private @Nullable CredentialSlots slots;

    /** A writer; single bodies of {@code POST /batch} need one each if contexts run on. */
    public UnitWriter(Compression compression, WireLimits limits) {
        this.limits = limits;
        this.encoder = new FrameEncoder(limits);
        this.compression = compression;
        this.compressor = new BatchCompressor(compression, limits);
    }

    /** Lets the peer keep credentials: only where all units go over one stream, in order. */
    public UnitWriter keepingCredentials() {
        slots = new CredentialSlots();
        return this;
    }

    /** How batches that begin from now on are packed. */
    public Compression compression() {
        return compression;
    }

    /** Changes how batches that begin from now on are packed; none may be begun and not written. */
    public void compression(Compression next) {
        if (!next.equals(compression)) {
            compressor.close();
            compression = next;
            compressor = new BatchCompressor(next, limits);
        }
    }

    /** Begins a batch. */
    public CombinedBatch begin(ByteBufAllocator alloc) {
        boolean apart = compression.codec() != Codec.NONE;
        return new CombinedBatch(
                encoder, limits, alloc, apart, new CombinedBatch.Memory(unitHint, slots));
    }

    /**
     * Packs a batch and hands over its units one after the other; each buffer belongs to {@code
     * out} then. The batch is used up.
     */
    public UnitSizes write(CombinedBatch batch, ByteBufAllocator alloc, Consumer<ByteBuf> out) {
        List<CombinedBatch.Unit> units = batch.take();
        long raw = 0;
        long wire = 0;
        int most = 0;
        int done = 0;
        try {
            for (CombinedBatch.Unit unit : units) {
                int length = unit.bytes().readableBytes();
                most = Math.max(most, length);
                raw += length;
                @Nullable ByteBuf packed = compressor.pack(unit.caller(), unit.bytes(), alloc);
                done++;
                if (packed != null) {
                    unit.bytes().release();
                }
                ByteBuf ready = packed != null ? packed : unit.plain();
                wire += ready.readableBytes();
                out.accept(ready);
            }
        } finally {
            for (CombinedBatch.Unit unit : units.subList(done, units.size())) {
                unit.bytes().release();
            }
        }
        unitHint = most;
        return new UnitSizes(units.size(), raw, wire, batch.sparedBytes());
    }

    /** As above, into one buffer: for the body of {@code POST /batch}. */
    public UnitSizes write(CombinedBatch batch, ByteBuf out) {
        return write(
                batch,
                out.alloc(),
                unit -> {
                    out.writeBytes(unit);
                    unit.release();
                });
    }

    @Override
    public void close() {
        compressor.close();
    }
}
