package io.batchmesh.proxy.upstream;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.proxy.batch.BatchItem;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.Codec;
import io.batchmesh.proxy.wire.CombinedBatch;
import io.batchmesh.proxy.wire.UnitSizes;
import io.batchmesh.proxy.wire.UnitWriter;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.time.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Makes one batch ready for the wire and reads the clock between the stages. Used once. */
final class FramePacker {
    private record Unsuitable(StreamItem item, String why) {}

    private final UnitWriter writer;
    private final ByteBufAllocator alloc;
    private final Ticker ticker;
    private final CombinedBatch batch;
    private final long cut;
    private final boolean packs;
    private final List<Unsuitable> left = new ArrayList<>(0);
    private long combined;
    private long compressed;
    private int items;

    FramePacker(UnitWriter writer, ByteBufAllocator alloc, Ticker ticker) {
        this.writer = writer;
        this.alloc = alloc;
        this.ticker = ticker;
        this.cut = ticker.nanos();
        this.packs = writer.compression().codec() != Codec.NONE;
        this.batch = writer.begin(alloc);
    }

    /** The stage combine: gives each item a number and its frame; those that were taken. */
    List<StreamItem> combine(List<StreamItem> items, LongSupplier numbers) {
        var taken = new ArrayList<StreamItem>(items.size());
        for (var item : items) {
            item.number = numbers.getAsLong();
            var message = item.message();
            try {
                var caller = packs ? item.caller() : CallerIdentity.ANONYMOUS;
                batch.request(caller, item.number, millis(item), "http", message);
                taken.add(item);
            } catch (WireException e) {
                left.add(new Unsuitable(item, e.what()));
            } finally {
                message.release();
            }
        }
        combined = ticker.nanos();
        this.items = taken.size();
        return taken;
    }

    /** What is left of the item's time, rounded down so that the peer gives up first. */
    private long millis(StreamItem item) {
        long deadline = item.deadlineNanos();
        return deadline == BatchItem.NEVER
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - cut));
    }

    /** The stage compress: packs the frames and hands over the units. */
    UnitSizes pack(Consumer<ByteBuf> out) {
        var sizes = writer.write(batch, alloc, out);
        compressed = ticker.nanos();
        return sizes;
    }

    FrameTimes times(FlushReason reason) {
        return new FrameTimes(cut, combined, compressed, packs, items, reason);
    }

    /** Tells the items that could not be carried. Last, since they may go another way at once. */
    void unsuitable() {
        left.forEach(u -> u.item().unsuitable(u.why()));
    }
}
