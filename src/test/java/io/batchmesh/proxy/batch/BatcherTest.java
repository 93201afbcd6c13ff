package io.batchmesh.proxy.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.proxy.loop.HandSchedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final long MS = 1_000_000;

    private static final class Item extends BatchItem {
        private final int number;
        private final int bytes;
        private final long deadline;

        Item(int number, int bytes, long deadline) {
            this.number = number;
            this.bytes = bytes;
            this.deadline = deadline;
        }

        @Override
        public int bytes() {
            return bytes;
        }

        @Override
        public long deadlineNanos() {
            return deadline;
        }
    }

    private record Cut(long at, FlushReason reason, List<Integer> items) {}

    private final HandSchedule time = new HandSchedule();
    private final List<Cut> cuts = new ArrayList<>();
    private final long start = time.nanos();
    private int room = Integer.MAX_VALUE;
    private long spacing;
    private int numbers;

    private final Outlet<Item> outlet =
            new Outlet<>() {
                @Override
                public int room() {
                    return room;
                }

                @Override
                public long spacingNanos() {
                    return spacing;
                }

                @Override
                public void wanted() {}

                @Override
                public void send(List<Item> items, FlushReason reason) {
                    var sent = items.stream().map(i -> i.number).toList();
                    cuts.add(new Cut((time.nanos() - start) / MS, reason, sent));
                }
            };

    private Batcher<Item> batcher(BatchSettings settings) {
        return new Batcher<>(time, time, outlet, settings);
    }

    private static BatchSettings settings(Policy policy, long lingerMs) {
        var bounds = new BatchSettings.Bounds(100, 100_000);
        return new BatchSettings(policy, lingerMs * MS, 4, 1_000, 20 * MS, bounds);
    }

    private Item item(int bytes) {
        return new Item(numbers++, bytes, BatchItem.NEVER);
    }

    private Item item(int bytes, long deadlineMs) {
        return new Item(numbers++, bytes, time.nanos() + deadlineMs * MS);
    }

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

    @Test
    void afterABatchItemsGatherForAsLongAsTheTransportSays() {
        spacing = 5 * MS;
        var batcher = batcher(settings(Policy.AUTO, 0));
        batcher.offer(item(1));
        time.advance(MS);
        batcher.offer(item(1));
        time.advance(2 * MS);
        batcher.offer(item(1));
        time.advance(20 * MS);
        batcher.offer(item(1));
        time.advance(20 * MS);
        assertEquals(
                List.of(
                        new Cut(0, FlushReason.IDLE, List.of(0)),
                        new Cut(5, FlushReason.IDLE, List.of(1, 2)),
                        new Cut(23, FlushReason.IDLE, List.of(3))),
                cuts);
    }

    @Test
    void whatGathersGoesWhenItIsFullOrItsDeadlineIsNearOrAllIsDrained() {
        spacing = 8 * MS;
        var batcher = batcher(settings(Policy.AUTO, 0));
        batcher.offer(item(1));
        time.advance(MS);
        for (int i = 0; i < 4; i++) {
            batcher.offer(item(1));
        }
        time.advance(MS);
        batcher.offer(item(1, 4));
        time.advance(5 * MS);
        batcher.offer(item(1));
        batcher.drain();
        time.advance(0);
        assertEquals(
                List.of(
                        new Cut(0, FlushReason.IDLE, List.of(0)),
                        new Cut(1, FlushReason.SIZE, List.of(1, 2, 3, 4)),
                        new Cut(4, FlushReason.DEADLINE, List.of(5)),
                        new Cut(7, FlushReason.DRAIN, List.of(6))),
                cuts);
    }

    @Test
    void whatWaitsForABusyTransportDoesNotGatherBesides() {
        spacing = 8 * MS;
        room = 1;
        var batcher = batcher(settings(Policy.AUTO, 0));
        batcher.offer(item(1));
        batcher.offer(item(1));
        time.advance(0);
        assertEquals(2, cuts.size());
        room = 0;
        batcher.offer(item(1));
        time.advance(20 * MS);
        assertEquals(2, cuts.size());
        room = 1;
        batcher.transportFree();
        time.advance(0);
        assertEquals(new Cut(20, FlushReason.IDLE, List.of(2)), cuts.get(2));
    }
}
