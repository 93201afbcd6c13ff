package io.batchmesh.proxy.wire;

import com.github.luben.zstd.ZstdCompressCtx;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The running zstd contexts of one direction of one stream, one per caller, at most {@value
 * WireProtocol#MAX_CONTEXTS}. A caller too many takes over the context that was used longest ago,
 * emptied.
 */
final class RunningContexts implements AutoCloseable {
    /**
     * Up to this level all are the same: the fastest. Measured on units of one to eight requests it
     * takes two thirds of the time of level 3 and yields as few bytes or fewer.
     */
    private static final int FAST_LEVELS = 3;

    private static final int FASTEST = 1;

    /**
     * Entries of its table: 64 KiB for each context. With the usual 768 KiB the contexts of a dozen
     * callers drive each other out of the processor's cache.
     */
    private static final int FAST_TABLE_LOG = 14;

    /** Tables of the other levels: else one context of level 19 takes 80 MiB. */
    private static final int TABLE_LOG = 17;

    /** One context. */
    static final class Slot {
        private final int id;
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private boolean fresh;

        private Slot(int id, int level) {
            this.id = id;
            clear(level);
        }

        /** Its number on the wire. */
        int id() {
            return id;
        }

        /** Whether the next unit is its first. */
        boolean fresh() {
            return fresh;
        }

        ZstdCompressCtx context() {
            return context;
        }

        void used() {
            fresh = false;
        }

        private void clear(int level) {
            context.reset();
            context.setLevel(level <= FAST_LEVELS ? FASTEST : level);
            context.setWindowLog(WireProtocol.MAX_WINDOW_LOG);
            if (level <= FAST_LEVELS) {
                context.setHashLog(FAST_TABLE_LOG);
            } else {
                context.setHashLog(TABLE_LOG);
                context.setChainLog(TABLE_LOG);
            }
            context.setContentSize(false);
            fresh = true;
        }
    }

    private final int level;
    private final Map<CallerIdentity, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);

    RunningContexts(int level) {
        this.level = level;
    }

    /** The context of a caller, now the one used last. */
    Slot of(CallerIdentity caller) {
        Slot slot = slots.get(caller);
        if (slot == null) {
            slot = slots.size() < WireProtocol.MAX_CONTEXTS ? create() : takeOver();
            slots.put(caller, slot);
        }
        return slot;
    }

    /** Empties a context whose last output is not going to be sent. */
    void clear(Slot slot) {
        slot.clear(level);
    }

    private Slot create() {
        return new Slot(slots.size(), level);
    }

    private Slot takeOver() {
        var oldest = slots.entrySet().iterator();
        Slot slot = oldest.next().getValue();
        oldest.remove();
        slot.clear(level);
        return slot;
    }

    @Override
    public void close() {
        slots.values().forEach(slot -> slot.context.close());
        slots.clear();
    }
}
