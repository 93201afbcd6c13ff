package io.batchmesh.observe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory for the bodies of answers, shared by all scrapes of a scraper: up to a mebibyte is there
 * for everybody, beyond it all bodies together have {@value #LARGE_KIB} KiB, so that targets which
 * answer without end cannot take it all. Buffers are used again. Safe for any number of threads.
 */
final class Memory {
    private static final int FREE = 1 << 20;
    private static final int LARGE_KIB = 32 << 10;
    private static final int MOST_SPARE = 24 << 20;

    private final Semaphore large = new Semaphore(LARGE_KIB, true);
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private long spareBytes;

    /**
     * A buffer to begin with; the length of the last body of the target is what it likely needs.
     */
    Body take(int likely) {
        var wanted = Math.clamp(likely, 8192, FREE);
        synchronized (spare) {
            for (var i = spare.iterator(); i.hasNext(); ) {
                var buffer = i.next();
                if (buffer.length >= wanted) {
                    i.remove();
                    spareBytes -= buffer.length;
                    return new Body(buffer);
                }
            }
        }
        return new Body(new byte[wanted]);
    }

    private void give(byte[] buffer) {
        synchronized (spare) {
            if (buffer.length <= FREE && spareBytes + buffer.length <= MOST_SPARE) {
                spare.addFirst(buffer);
                spareBytes += buffer.length;
            }
        }
    }

    /** The buffer of one body, to be closed when the body is not looked at any more. */
    final class Body implements AutoCloseable, Growing {
        private byte[] buffer;
        private int permits;

        private Body(byte[] buffer) {
            this.buffer = buffer;
        }

        @Override
        public byte[] buffer() {
            return buffer;
        }

        @Override
        public byte[] grow(int length, int wanted, Duration patience) throws IOException {
            if (wanted > FREE) {
                var more = wanted / 1024 - permits;
                if (!taken(Math.min(more, LARGE_KIB - permits), patience)) {
                    throw new IOException("no memory for a body this long beside those of others");
                }
            }
            var grown = new byte[wanted];
            System.arraycopy(buffer, 0, grown, 0, length);
            buffer = grown;
            return grown;
        }

        private boolean taken(int more, Duration patience) throws IOException {
            try {
                var taken = large.tryAcquire(more, patience.toMillis(), TimeUnit.MILLISECONDS);
                permits += taken ? more : 0;
                return taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() {
            large.release(permits);
            permits = 0;
            give(buffer);
        }
    }
}
