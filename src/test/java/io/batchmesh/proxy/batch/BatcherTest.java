package io.batchmesh.proxy.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.policy.BatchWindow.Policy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatcherTest extends BatcherFixture {
    @Test
    void aFixedWindowIsCutWhenItsFirstItemHasWaitedLongEnough() {
        var batcher = batcher(settings(Policy.FIXED, 5));
        batcher.offer(item(1));
        time.advance(3 * MS);
        batcher.offer(item(1));
        time.advance(10 * MS);
        assertEquals(List.of(new Cut(5, FlushReason.LINGER, List.of(0, 1))), cuts);
        assertEquals(0, batcher.waitingBytes());
    }

    @Test
    void aFullBatchGoesAtOnce() {
        var batcher = batcher(settings(Policy.FIXED, 5));
        for (int i = 0; i < 5; i++) {
            batcher.offer(item(1));
        }
        assertEquals(List.of(new Cut(0, FlushReason.SIZE, List.of(0, 1, 2, 3))), cuts);
        time.advance(10 * MS);
        assertEquals(new Cut(5, FlushReason.LINGER, List.of(4)), cuts.get(1));
    }

    @Test
    void aBatchIsCutBeforeItWouldHaveTooManyBytes() {
        var batcher = batcher(settings(Policy.FIXED, 5));
        batcher.offer(item(600));
        batcher.offer(item(600));
        assertEquals(List.of(new Cut(0, FlushReason.BYTES, List.of(0))), cuts);
        batcher.offer(item(5_000));
        time.advance(10 * MS);
        assertEquals(
                List.of(List.of(0), List.of(1), List.of(2)),
                cuts.stream().map(Cut::items).toList());
    }

    @Test
    void theDefaultWaitsOnlyForTheEndOfTheTurn() {
        var batcher = batcher(settings(Policy.AUTO, 5));
        batcher.offer(item(1));
        batcher.offer(item(1));
        assertTrue(cuts.isEmpty());
        time.turn();
        assertEquals(List.of(new Cut(0, FlushReason.IDLE, List.of(0, 1))), cuts);
        assertEquals(0, time.pending());
    }

    @Test
    void theDefaultGathersWhileTheTransportIsBusy() {
        var batcher = batcher(settings(Policy.AUTO, 5));
        room = 0;
        batcher.offer(item(1));
        batcher.offer(item(1));
        time.advance(50 * MS);
        assertTrue(cuts.isEmpty());
        room = 10;
        batcher.transportFree();
        time.turn();
        assertEquals(List.of(new Cut(50, FlushReason.IDLE, List.of(0, 1))), cuts);
    }

    @Test
    void aDeadlineIsNotMissedByWaiting() {
        var batcher = batcher(settings(Policy.FIXED, 100));
        batcher.offer(item(1));
        batcher.offer(item(1, 11));
        time.advance(200 * MS);
        // As long as nobody knows what the upstream takes, half of the time is left for it.
        assertEquals(List.of(new Cut(5, FlushReason.DEADLINE, List.of(0, 1))), cuts);
    }

    @Test
    void anUpstreamWhoseTimesVaryIsLeftMoreThanItsMean() {
        var batcher = batcher(settings(Policy.FIXED, 100));
        for (int i = 0; i < 100; i++) {
            batcher.answered((i % 2 == 0 ? 5 : 15) * MS, 20 * MS);
        }
        batcher.offer(item(1, 80));
        time.advance(200 * MS);
        assertEquals(FlushReason.DEADLINE, cuts.getFirst().reason());
        assertEquals(80 - 1 - 10 - 20, cuts.getFirst().at(), 3);
    }

    @Test
    void whatTheUpstreamUsuallyTakesIsLeftForIt() {
        var batcher = batcher(settings(Policy.FIXED, 100));
        for (int i = 0; i < 100; i++) {
            batcher.answered(20 * MS, 20 * MS);
        }
        batcher.offer(item(1, 50));
        time.advance(200 * MS);
        assertEquals(FlushReason.DEADLINE, cuts.getFirst().reason());
        assertEquals(29, cuts.getFirst().at(), 1);
    }

    @Test
    void aShorterWindowActsAtOnce() {
        var batcher = batcher(settings(Policy.FIXED, 100));
        batcher.offer(item(1));
        time.advance(10 * MS);
        batcher.configure(settings(Policy.FIXED, 20));
        time.advance(50 * MS);
        assertEquals(List.of(new Cut(20, FlushReason.LINGER, List.of(0))), cuts);
        batcher.offer(item(1));
        time.advance(5 * MS);
        batcher.configure(settings(Policy.FIXED, 2));
        assertEquals(new Cut(65, FlushReason.LINGER, List.of(1)), cuts.get(1));
    }

    @Test
    void aLongerWindowKeepsNobodyWhoWaits() {
        var batcher = batcher(settings(Policy.FIXED, 10));
        batcher.offer(item(1));
        time.advance(5 * MS);
        batcher.configure(settings(Policy.FIXED, 100));
        batcher.offer(item(1));
        time.advance(300 * MS);
        assertEquals(new Cut(10, FlushReason.LINGER, List.of(0, 1)), cuts.getFirst());
        batcher.offer(item(1));
        time.advance(300 * MS);
        assertEquals(405, cuts.get(1).at());
    }

    @Test
    void turningTheWindowOffSendsWhatWaits() {
        var batcher = batcher(settings(Policy.FIXED, 100));
        batcher.offer(item(1));
        batcher.configure(settings(Policy.OFF, 100));
        time.turn();
        assertEquals(List.of(new Cut(0, FlushReason.DRAIN, List.of(0))), cuts);
    }

    @Test
    void drainingSendsWhatWaitsAndWhatComesAfter() {
        var batcher = batcher(settings(Policy.FIXED, 100));
        batcher.offer(item(1));
        batcher.drain();
        time.turn();
        batcher.offer(item(1));
        time.turn();
        assertEquals(
                List.of(FlushReason.DRAIN, FlushReason.DRAIN),
                cuts.stream().map(Cut::reason).toList());
    }

    @Test
    void theQueueIsBoundedInItemsAndBytes() {
        var batcher = batcher(settings(Policy.AUTO, 5));
        room = 0;
        for (int i = 0; i < 100; i++) {
            assertEquals(Batcher.Offer.TAKEN, batcher.offer(item(1)));
        }
        assertEquals(Batcher.Offer.TOO_MANY, batcher.offer(item(1)));
        assertEquals(100, batcher.takeAll().size());
        assertEquals(Batcher.Offer.TAKEN, batcher.offer(item(90_000)));
        assertEquals(Batcher.Offer.TOO_MUCH, batcher.offer(item(20_000)));
        assertEquals(90_000, batcher.waitingBytes());
    }

    @Test
    void aTransportWithLittleRoomGetsLittle() {
        var batcher = batcher(settings(Policy.AUTO, 5));
        room = 0;
        for (int i = 0; i < 3; i++) {
            batcher.offer(item(1));
        }
        room = 2;
        batcher.transportFree();
        time.turn();
        assertEquals(List.of(0, 1), cuts.getFirst().items());
    }

    @Test
    void anItemThatIsWithdrawnIsNeverSent() {
        var batcher = batcher(settings(Policy.FIXED, 5));
        var gone = item(7);
        batcher.offer(gone);
        batcher.offer(item(1));
        assertTrue(batcher.remove(gone));
        assertFalse(batcher.remove(gone));
        assertEquals(1, batcher.waitingBytes());
        time.advance(10 * MS);
        assertEquals(List.of(new Cut(5, FlushReason.LINGER, List.of(1))), cuts);
    }

    @Test
    void theTargetLetsTheWindowGrowAndCutsItBack() {
        var batcher = batcher(settings(Policy.TARGET_P99, 0));
        for (int i = 0; i < 4_000; i++) {
            time.advance(MS / 10);
            batcher.answered(MS, 2 * MS);
        }
        long grown = batcher.lingerNanos();
        assertTrue(grown > 0, "grown to " + grown);
        for (int i = 0; i < 6_000; i++) {
            time.advance(MS / 10);
            batcher.answered(MS, 50 * MS);
        }
        assertTrue(batcher.lingerNanos() < grown * 0.6, "cut to " + batcher.lingerNanos());
    }

    @Test
    void theTargetNeverWaitsWhereNobodyElseComes() {
        var batcher = batcher(settings(Policy.TARGET_P99, 0));
        for (int i = 0; i < 1_000; i++) {
            time.advance(100 * MS);
            batcher.answered(MS, 2 * MS);
        }
        assertEquals(0, batcher.lingerNanos());
    }

    /** Random traffic, transport and settings: nothing is lost or doubled, no wait is too long. */
    @Test
    void everyItemLeavesExactlyOnceWhateverHappens() {
        for (long seed = 0; seed < 300; seed++) {
            check(seed);
        }
    }

    private void check(long seed) {
        var random = new Random(seed);
        cuts.clear();
        room = 50;
        var batcher = batcher(settings(Policy.FIXED, 5));
        var open = new HashMap<Integer, Item>();
        var offered = new HashSet<Integer>();
        var withdrawn = new HashSet<Integer>();
        Map<Integer, Long> at = new HashMap<>();
        for (int step = 0; step < 200; step++) {
            switch (random.nextInt(8)) {
                case 0 ->
                        batcher.configure(
                                settings(
                                        Policy.values()[random.nextInt(Policy.values().length)],
                                        random.nextInt(10)));
                case 1 -> {
                    room = random.nextInt(3) == 0 ? 0 : 50;
                    batcher.transportFree();
                }
                case 2 -> time.advance(random.nextInt(3_000_000));
                case 3 -> {
                    if (!open.isEmpty()) {
                        var gone = open.values().iterator().next();
                        open.remove(gone.number);
                        if (batcher.remove(gone)) {
                            withdrawn.add(gone.number);
                        }
                    }
                }
                default -> {
                    var item = random.nextBoolean() ? item(random.nextInt(700)) : item(9, 8);
                    if (batcher.offer(item) == Batcher.Offer.TAKEN) {
                        open.put(item.number, item);
                        offered.add(item.number);
                        at.put(item.number, time.nanos());
                    }
                }
            }
        }
        room = 1_000;
        batcher.drain();
        time.advance(20 * MS);
        var sent = cuts.stream().flatMap(c -> c.items().stream()).toList();
        assertEquals(sent.size(), new HashSet<>(sent).size(), "doubled, seed " + seed);
        offered.removeAll(withdrawn);
        assertEquals(offered, new HashSet<>(sent), "lost or sent after all, seed " + seed);
        assertEquals(0, batcher.waitingBytes(), "seed " + seed);
        assertTrue(cuts.stream().allMatch(c -> c.items().size() <= 4), "too large, seed " + seed);
    }
}
