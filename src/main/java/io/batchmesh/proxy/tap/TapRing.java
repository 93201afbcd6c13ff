package io.batchmesh.proxy.tap;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bounded queue that one thread fills and one empties, neither of which ever waits. */
final class TapRing<T> {
    private final AtomicReferenceArray<@Nullable T> slots;
    private long written;
    private long read;

    /** Of so many places. */
    TapRing(int size) {
        slots = new AtomicReferenceArray<>(size);
    }

    /** Adds one; false when all places are taken. By the one thread that fills. */
    boolean offer(T one) {
        int at = (int) (written % slots.length());
        if (slots.getAcquire(at) != null) {
            return false;
        }
        slots.setRelease(at, one);
        written++;
        return true;
    }

    /** Hands over what is there, first first. By the one thread that empties. */
    void drain(Consumer<? super T> to) {
        for (int i = 0; i < slots.length(); i++) {
            int at = (int) (read % slots.length());
            var one = slots.getAcquire(at);
            if (one == null) {
                return;
            }
            slots.setRelease(at, null);
            read++;
            to.accept(one);
        }
    }
}
