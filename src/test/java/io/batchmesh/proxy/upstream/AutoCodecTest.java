package io.batchmesh.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AutoCodecTest {
    private static final long MS = 1_000_000;

    private final AutoCodec auto = new AutoCodec();
    private long now;

    /** Sends 10 kB every 10 ms for so long; the socket is busy for a share of it. */
    private void traffic(int seconds, double busy, double ratio, int bytes) {
        for (int i = 0; i < seconds * 100; i++) {
            auto.sent(bytes, (long) (bytes * (auto.on() ? ratio : 1)), now);
            auto.busy(now);
            auto.free(now + (long) (10 * MS * busy));
            now += 10 * MS;
        }
    }

    @Test
    void aLinkThatCarriesTheTrafficEasilyIsLeftAlone() {
        traffic(20, 0.1, 0.2, 10_000);
        assertFalse(auto.on());
    }

    @Test
    void aFullLinkIsRelieved() {
        traffic(3, 0.9, 0.2, 10_000);
        assertTrue(auto.on());
        traffic(20, 0.2, 0.2, 10_000);
        assertTrue(auto.on());
    }

    @Test
    void whatDoesNotShrinkIsSentAsItIsForAMinute() {
        traffic(3, 0.9, 0.98, 10_000);
        assertFalse(auto.on());
        traffic(50, 0.9, 0.98, 10_000);
        assertFalse(auto.on());
    }

    @Test
    void whenTheTrafficHasGoneDownPackingEnds() {
        traffic(3, 0.9, 0.2, 10_000);
        assertTrue(auto.on());
        traffic(10, 0.1, 0.2, 2_000);
        assertFalse(auto.on());
    }

    @Test
    void littleTrafficIsNoReasonEvenOnABusySocket() {
        traffic(10, 0.9, 0.2, 100);
        assertFalse(auto.on());
    }
}
