package io.batchmesh.proxy.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final long MS = 1_000_000;

    private final Gathering gathering = new Gathering(4);
    private long now = -MS;

    private void trips(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            now += MS;
            gathering.observe(nanos, now);
        }
    }

    @Test
    void nothingGathersWhereNothingWaitsOnTheWay() {
        assertEquals(0, gathering.spacingNanos(now));
        trips(100, 20 * MS);
        assertEquals(0, gathering.spacingNanos(now));
        trips(1, 21 * MS);
        assertEquals(0, gathering.spacingNanos(now), "less than a timer is worth");
    }

    @Test
    void aQuarterOfTheQueueingIsSpentByGatheringInstead() {
        trips(1, 20 * MS);
        trips(100, 40 * MS);
        assertEquals(5 * MS, gathering.spacingNanos(now), MS / 100);
        trips(100, 20 * MS);
        assertEquals(0, gathering.spacingNanos(now));
    }

    @Test
    void itEndsWithWhatWasSeenAndHasABound() {
        trips(1, MS);
        trips(100, 5_000 * MS);
        assertEquals(Gathering.MOST_NANOS, gathering.spacingNanos(now));
        trips(3, 11 * MS);
        assertTrue(gathering.spacingNanos(now + 999 * MS) > 0);
        assertEquals(0, gathering.spacingNanos(now + 1_000 * MS));
    }

    @Test
    void aWayThatGotLongerIsKnownAnewAfterTenMinutes() {
        trips(1, 20 * MS);
        for (int minute = 0; minute < 12; minute++) {
            now += 60_000 * MS;
            trips(10, 40 * MS);
        }
        assertEquals(0, gathering.spacingNanos(now));
    }
}
