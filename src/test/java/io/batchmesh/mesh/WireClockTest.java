package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireClockTest {
    private static final long MS = 1_000_000;

    @Test
    void aMessageArrivesAfterItsOwnBitsAndTheDelay() {
        var clock = new WireClock(new Wire(Duration.ofMillis(20), 10_000_000L));
        long start = clock.enter(5 * MS, 12_500);
        assertEquals(5 * MS, start);
        assertEquals(5 * MS + 10 * MS + 20 * MS, clock.arrival(start, 12_500));
    }

    @Test
    void aMessageWaitsForThoseThatEnteredBeforeIt() {
        var clock = new WireClock(new Wire(Duration.ofMillis(1), 8_000_000L));
        clock.enter(0, 10_000);
        assertEquals(10 * MS, clock.enter(3 * MS, 10_000));
        assertEquals(20 * MS, clock.enter(19 * MS, 1));
        assertEquals(500 * MS, clock.enter(500 * MS, 1), "an idle wire starts at once");
    }

    @Test
    void anUnboundedWireOnlyDelays() {
        var clock = new WireClock(new Wire(Duration.ofMillis(7), null));
        clock.enter(0, 1 << 30);
        assertEquals(MS, clock.enter(MS, 1));
        assertEquals(8 * MS, clock.arrival(MS, 1));
        assertEquals(0, clock.arrived(MS, 100, 8 * MS - 1));
        assertEquals(100, clock.arrived(MS, 100, 8 * MS));
    }

    @Test
    void roundingDoesNotAddUpOverABusyPeriod() {
        long seed = 42;
        var random = new SplittableRandom(seed);
        var clock = new WireClock(new Wire(Duration.ZERO, 2_345_678L));
        long total = 0;
        long last = 0;
        for (int i = 0; i < 100_000; i++) {
            int count = 1 + random.nextInt(1500);
            total += count;
            last = clock.arrival(clock.enter(0, count), count);
        }
        double exact = total * 8e9 / 2_345_678L;
        assertTrue(Math.abs(last - exact) <= 3, "seed " + seed + ": " + last + " for " + exact);
    }

    @Test
    void bytesArriveOneByOneAtTheRateOfTheWire() {
        var clock = new WireClock(new Wire(Duration.ofMillis(2), 8_000L));
        long start = clock.enter(0, 10);
        assertEquals(0, clock.arrived(start, 10, 2 * MS));
        assertEquals(3, clock.arrived(start, 10, 2 * MS + 3 * MS));
        assertEquals(10, clock.arrived(start, 10, 2 * MS + 400 * MS));
    }

    @Test
    void theTickerMayBeNegativeOrOverflow() {
        var clock = new WireClock(new Wire(Duration.ofMillis(2), 8_000L));
        long nearEnd = Long.MAX_VALUE - MS;
        long start = clock.enter(nearEnd, 10);
        assertEquals(10, clock.arrived(start, 10, start + 12 * MS));
        assertEquals(nearEnd + 10 * MS, clock.enter(nearEnd + 5 * MS, 1));
    }
}
