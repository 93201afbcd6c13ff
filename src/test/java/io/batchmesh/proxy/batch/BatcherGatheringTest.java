package io.batchmesh.proxy.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.policy.BatchWindow.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatcherGatheringTest extends BatcherFixture {
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
