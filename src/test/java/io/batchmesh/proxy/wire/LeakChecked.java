package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Counts the bytes of buffers: closing it fails if one was not given back. */
final class LeakChecked implements AutoCloseable {
    private final UnpooledByteBufAllocator counted = new UnpooledByteBufAllocator(true);
    private final Peaked alloc = new Peaked();

    ByteBufAllocator alloc() {
        return alloc;
    }

    /** The most bytes that were in use when a buffer was made. */
    long peakBytes() {
        return alloc.peak;
    }

    private long usedBytes() {
        return counted.metric().usedDirectMemory() + counted.metric().usedHeapMemory();
    }

    @Override
    public void close() {
        assertEquals(0, usedBytes(), "bytes of buffers not released");
    }

    private final class Peaked extends AbstractByteBufAllocator {
        private long peak;

        private Peaked() {
            super(true);
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return seen(counted.heapBuffer(initialCapacity, maxCapacity));
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            return seen(counted.directBuffer(initialCapacity, maxCapacity));
        }

        private ByteBuf seen(ByteBuf made) {
            peak = Math.max(peak, usedBytes());
            return made;
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
