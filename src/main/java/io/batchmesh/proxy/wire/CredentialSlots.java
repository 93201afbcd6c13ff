package io.batchmesh.proxy.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which credentials the peer keeps, the sending end: each caller's have a slot, and whoever was
 * there longest ago gives his up. Since units of one batch may leave in another order than their
 * frames were added, no slot that the batch at hand has used is given away in it, and no bytes that
 * are given up in it count as free before it is over.
 */
final class CredentialSlots {
    /** No slot. */
    static final int NONE = -1;

    private static final class Slot {
        private final int number;
        private final int bytes;
        private long batch;

        private Slot(int number, int bytes) {
            this.number = number;
            this.bytes = bytes;
        }
    }

    private final Map<CallerIdentity, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** The most that the peer may have to keep while it reads the batch, in whatever order. */
    private long peak;

    private long batch;
    private long spared;

    /** A batch begins. */
    void begin() {
        batch++;
        peak = bytes;
        spared = 0;
    }

    /** Bytes that were not sent again in this batch. */
    long spared() {
        return spared;
    }

    /** The slot of a caller's credentials; {@link #NONE} when the peer does not have them. */
    int of(CallerIdentity caller) {
        var slot = slots.get(caller);
        if (slot == null) {
            return NONE;
        }
        slot.batch = batch;
        spared += slot.bytes;
        return slot.number;
    }

    /**
     * A slot for credentials of so many bytes; {@link #NONE} when none can be had in this batch.
     */
    int take(CallerIdentity caller, int size) {
        int number = size > WireProtocol.MAX_KEPT_SIZE ? NONE : vacant(size);
        if (number != NONE) {
            var slot = new Slot(number, size);
            slot.batch = batch;
            slots.put(caller, slot);
            bytes += size;
        }
        return number;
    }

    /** A number that is free, after giving up as many as it takes; the last given up is used. */
    private int vacant(int size) {
        int number = slots.size() < WireProtocol.MAX_KEPT ? slots.size() : NONE;
        boolean fits = peak + size <= WireProtocol.MAX_KEPT_BYTES;
        if (number != NONE && fits) {
            peak += size;
            return number;
        }
        if (slots.isEmpty()) {
            return NONE;
        }
        var oldest = slots.entrySet().iterator();
        var slot = oldest.next().getValue();
        int more = Math.max(0, size - slot.bytes);
        boolean enough = peak + more <= WireProtocol.MAX_KEPT_BYTES;
        if (slot.batch == batch || !enough) {
            return NONE;
        }
        oldest.remove();
        bytes -= slot.bytes;
        peak += more;
        return slot.number;
    }
}
