package io.batchmesh.mesh;

/**
 * When the bytes that enter one direction of a wire leave it: one after the other at the wire's
 * rate, then the delay. Pure arithmetic on nanoseconds of a ticker; no error adds up over a busy
 * period, since each moment is computed from its begin.
 */
final class WireClock {
    private final long delay;
    private final double nanosPerByte;
    private long busySince;
    private long bytes;
    private boolean used;

    WireClock(Wire wire) {
        delay = wire.delay().toNanos();
        nanosPerByte = wire.bandwidth() == null ? 0 : 8e9 / wire.bandwidth();
    }

    /**
     * Bytes enter; the wire serves those that entered before them first.
     *
     * @return when the first bit of them goes out, in the ticker's nanoseconds
     */
    long enter(long now, long count) {
        if (!used || freeAt() - now <= 0) {
            used = true;
            busySince = now;
            bytes = 0;
        }
        long start = freeAt();
        bytes += count;
        return start;
    }

    /** When the last of the first {@code count} bytes, which went out from {@code start}, is in. */
    long arrival(long start, long count) {
        return start + delay + (long) Math.ceil(count * nanosPerByte);
    }

    /** How many of {@code count} bytes that went out from {@code start} are in by now. */
    int arrived(long start, int count, long now) {
        long since = now - delay - start;
        if (since < 0) {
            return 0;
        }
        return nanosPerByte == 0 ? count : (int) Math.min(count, since / nanosPerByte);
    }

    private long freeAt() {
        return busySince + (long) Math.ceil(bytes * nanosPerByte);
    }
}
