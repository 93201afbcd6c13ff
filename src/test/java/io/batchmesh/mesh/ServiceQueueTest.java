package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceQueueTest {
    private final List<Integer> begun = new ArrayList<>();

    @Test
    void callsBeyondTheConcurrencyWaitInTheOrderInWhichTheyCame() {
        var queue = new ServiceQueue(2);
        for (int i = 0; i < 5; i++) {
            int number = i;
            assertTrue(queue.begin(() -> begun.add(number)));
        }
        assertEquals(List.of(0, 1), begun);
        queue.done();
        queue.done();
        assertEquals(List.of(0, 1, 2, 3), begun);
    }

    @Test
    void whenTheQueueIsFullACallIsRefusedAndNotServedLater() {
        var queue = new ServiceQueue(1);
        for (int i = 0; i < 1 + ServiceQueue.MOST_WAITING; i++) {
            assertTrue(queue.begin(() -> begun.add(0)));
        }
        assertFalse(queue.begin(() -> begun.add(1)));
        for (int i = 0; i < 1 + ServiceQueue.MOST_WAITING; i++) {
            queue.done();
        }
        assertFalse(begun.contains(1));
        assertEquals(1 + ServiceQueue.MOST_WAITING, begun.size());
    }

    @Test
    void withoutABoundEveryCallBeginsAtOnce() {
        var queue = new ServiceQueue(0);
        for (int i = 0; i < 5000; i++) {
            assertTrue(queue.begin(() -> begun.add(0)));
        }
        assertEquals(5000, begun.size());
    }
}
