package io.batchmesh.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AutoCodecTest {
    private static final long MS = 1_000_000;

    private final AutoCodec auto;
    private long now;
    private double loopShare;

    AutoCodecTest() {
        auto = new AutoCodec(() -> (long) (now * loopShare));
    }

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

    /** What a link does that carries so many bytes a second unpacked, with buffers that hide it. */
    private void clients(int seconds, int clients, double ratio, long bandwidth) {
        double perItem = 1_000 * (auto.on() ? ratio : 1);
        double fromQueue = 1e9 * perItem * clients / bandwidth;
        long wireNanos = (long) Math.max(20 * MS, fromQueue);
        double rate = clients * 1e9 / wireNanos;
        for (int i = 0; i < seconds * 100; i++) {
            boolean was = auto.on();
            items += rate / 100;
            for (; items >= 1; items--) {
                auto.answered(wireNanos, now);
            }
            int bytes = (int) (rate * 10);
            auto.sent(bytes, (long) (bytes * (auto.on() ? ratio : 1)), now);
            now += 10 * MS;
            if (auto.on() != was) {
                switched++;
                clients(seconds - i / 100 - 1, clients, ratio, bandwidth);
                return;
            }
        }
    }

    private double items;
    private int switched;

    @Test
    void aFullLinkThatOnlyTheTimeOnTheWireShowsIsRelieved() {
        clients(2, 1, 0.3, 1_000_000);
        assertFalse(auto.on());
        clients(30, 256, 0.3, 1_000_000);
        assertTrue(auto.on());
        assertEquals(1, switched);
    }

    @Test
    void aLongLinkThatIsNotFullIsLeftAlone() {
        clients(2, 1, 0.3, 100_000_000);
        clients(30, 256, 0.3, 100_000_000);
        assertFalse(auto.on());
        assertEquals(0, switched);
    }

    /** A peer that is too busy to read takes as long, whatever is sent. */
    private void tiredPeer(int seconds, long wireNanos) {
        for (int i = 0; i < seconds * 100; i++) {
            boolean was = auto.on();
            for (int n = 0; n < 20; n++) {
                auto.answered(wireNanos, now);
            }
            auto.sent(20_000, auto.on() ? 6_000 : 20_000, now);
            switched += auto.on() != was ? 1 : 0;
            now += 10 * MS;
        }
    }

    @Test
    void aTrialThatGainsNothingEndsAndIsMadeEverMoreSeldom() {
        tiredPeer(1, MS);
        tiredPeer(60, 50 * MS);
        assertFalse(auto.on());
        assertEquals(2, switched);
        tiredPeer(60, 50 * MS);
        assertEquals(4, switched, "a second trial after a minute");
        tiredPeer(60, 50 * MS);
        assertEquals(4, switched, "no third after another");
        tiredPeer(60, 50 * MS);
        assertEquals(6, switched, "a third after two");
    }

    @Test
    void aLoopThatHasNoTimeToPackMakesNoTrial() {
        loopShare = 0.9;
        tiredPeer(1, MS);
        tiredPeer(30, 50 * MS);
        assertEquals(0, switched);
    }

    @Test
    void answersThatShrinkCountAsWell() {
        for (int i = 0; i < 1_000; i++) {
            auto.busy(now);
            auto.received(30_000, auto.on() ? 10_000 : 30_000);
            auto.sent(10_000, auto.on() ? 9_900 : 10_000, now);
            now += 10 * MS;
            assertEquals(i >= 100, auto.on(), "after turn " + i);
        }
    }
}
