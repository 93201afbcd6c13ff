package io.batchmesh.proxy.batch;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.proxy.loop.HandSchedule;
import java.util.ArrayList;
import java.util.List;

/** A batcher on time moved by hand, over a transport that writes down what it is given. */
abstract class BatcherFixture {
    static final long MS = 1_000_000;

    static final class Item extends BatchItem {
        final int number;
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

    record Cut(long at, FlushReason reason, List<Integer> items) {}

    final HandSchedule time = new HandSchedule();
    final List<Cut> cuts = new ArrayList<>();
    private final long start = time.nanos();
    int room = Integer.MAX_VALUE;
    long spacing;
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

    Batcher<Item> batcher(BatchSettings settings) {
        return new Batcher<>(time, time, outlet, settings);
    }

    static BatchSettings settings(Policy policy, long lingerMs) {
        var bounds = new BatchSettings.Bounds(100, 100_000);
        return new BatchSettings(policy, lingerMs * MS, 4, 1_000, 20 * MS, bounds);
    }

    Item item(int bytes) {
        return new Item(numbers++, bytes, BatchItem.NEVER);
    }

    Item item(int bytes, long deadlineMs) {
        return new Item(numbers++, bytes, time.nanos() + deadlineMs * MS);
    }
}
