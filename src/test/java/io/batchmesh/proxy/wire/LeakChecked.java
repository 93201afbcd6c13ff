package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** An allocator that counts: closing it fails if a byte was not given back. */
final class LeakChecked implements AutoCloseable {
    private final UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(true);

    ByteBufAllocator alloc() {
        return alloc;
    }

    long usedBytes() {
        return alloc.metric().usedDirectMemory() + alloc.metric().usedHeapMemory();
    }

    @Override
    public void close() {
        assertEquals(0, usedBytes(), "bytes of buffers not released");
    }
}
