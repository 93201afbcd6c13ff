package io.batchmesh.proxy.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.proxy.loop.HandSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lincheck drives a batch queue with generated operations (add, cancel, the timer, room on the
 * transport, resize, close, give up) in two threads at once, over all ways to interleave them, and
 * holds every result against {@link BatcherModel}, which is the sequential specification.
 *
 * <p>A queue is confined to one event loop, so two threads never are inside it: checking the class
 * bare would prove nothing but that. What really is concurrent is the hand-over: configs come from
 * the admin endpoint's threads, drains from the main thread, requests from sockets, all as tasks of
 * the loop. {@link Loop} is that hand-over as Netty does it (a queue of tasks, run by whoever finds
 * the loop asleep), and each operation goes through it, the end of the loop's turn included.
 *
 * <p>An interleaving costs some 25 ms of a processor. In full that is 100 scenarios of 400
 * interleavings, within 20 minutes; 10,000 of each take hours, by {@code
 * -Dlincheck.interleavings=10000} and without the time limit.
 */
@Param(name = "id", gen = IntGen.class, conf = "1:4")
@Param(name = "bytes", gen = IntGen.class, conf = "1:9")
@Param(name = "deadline", gen = IntGen.class, conf = "0:4")
@Param(name = "millis", gen = IntGen.class, conf = "1:3")
@Param(name = "items", gen = IntGen.class, conf = "1:4")
@Param(name = "policy", gen = IntGen.class, conf = "0:2")
public class BatcherModelCheckTest {
    private static final boolean STRESS = Boolean.getBoolean("stress");
    private static final int SEQUENCES = STRESS ? 200_000 : 5_000;
    private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", STRESS ? 100 : 2);
    private static final int INTERLEAVINGS =
            Integer.getInteger("lincheck.interleavings", STRESS ? 400 : 60);
    private static final Policy[] POLICIES = {Policy.OFF, Policy.AUTO, Policy.FIXED};

    /** Runs tasks one at a time, in the order in which they were handed over. */
    static final class Loop {
        private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicInteger open = new AtomicInteger();

        String run(Supplier<String> operation) {
            var answer = new Answer();
            tasks.add(() -> answer.text = operation.get());
            if (open.getAndIncrement() == 0) {
                do {
                    tasks.remove().run();
                } while (open.decrementAndGet() > 0);
            }
            while (answer.text == null) {
                Thread.onSpinWait();
            }
            return answer.text;
        }
    }

    private static final class Answer {
        private volatile String text;
    }

    private static final class Out implements Outlet<BatcherFixture.Item> {
        private final StringBuilder sent = new StringBuilder();
        private int room = 2;

        @Override
        public int room() {
            return room;
        }

        @Override
        public void wanted() {}

        @Override
        public void send(List<BatcherFixture.Item> items, FlushReason reason) {
            sent.append(reason);
            items.forEach(item -> sent.append(' ').append(item.number));
            sent.append("; ");
            room -= items.size();
        }
    }

    private final Loop loop = new Loop();
    private final HandSchedule time = new HandSchedule();
    private final Out out = new Out();
    private final List<BatcherFixture.Item> waiting = new ArrayList<>();
    private final Batcher<BatcherFixture.Item> batcher =
            new Batcher<>(time, time, out, settings(Policy.FIXED, 2, 3));

    private static BatchSettings settings(Policy policy, int lingerMillis, int items) {
        return new BatchSettings(
                policy,
                TimeUnit.MILLISECONDS.toNanos(lingerMillis),
                items,
                BatcherModel.BYTES_A_BATCH,
                0,
                new BatchSettings.Bounds(BatcherModel.MOST_WAITING, BatcherModel.MOST_BYTES));
    }

    private String said() {
        time.turn();
        var text = out.sent.toString() + batcher.waiting();
        out.sent.setLength(0);
        return text;
    }

    @Operation
    public String add(
            @Param(name = "id") int id,
            @Param(name = "bytes") int bytes,
            @Param(name = "deadline") int deadlineMillis) {
        return loop.run(() -> {
            long by = time.nanos() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
            var item =
                    new BatcherFixture.Item(id, bytes, deadlineMillis == 0 ? BatchItem.NEVER : by);
            var offer = batcher.offer(item);
            if (offer != Batcher.Offer.TAKEN) {
                return offer.toString();
            }
            waiting.add(item);
            return said();
        });
    }

    @Operation
    public String cancel(@Param(name = "id") int id) {
        return loop.run(() -> {
            boolean was = false;
            for (var item : List.copyOf(waiting)) {
                if (item.number == id && !was) {
                    was = batcher.remove(item);
                    waiting.remove(item);
                }
            }
            return was + " " + batcher.waiting();
        });
    }

    @Operation
    public String pass(@Param(name = "millis") int millis) {
        return loop.run(() -> {
            time.advance(TimeUnit.MILLISECONDS.toNanos(millis));
            return said();
        });
    }

    @Operation
    public String free(@Param(name = "items") int items) {
        return loop.run(() -> {
            out.room += items;
            batcher.transportFree();
            return said();
        });
    }

    @Operation
    public String resize(
            @Param(name = "policy") int policy,
            @Param(name = "millis") int lingerMillis,
            @Param(name = "items") int items) {
        return loop.run(() -> {
            batcher.configure(settings(POLICIES[policy], lingerMillis, items));
            return said();
        });
    }

    @Operation
    public String close() {
        return loop.run(() -> {
            batcher.drain();
            return said();
        });
    }

    @Operation
    public String giveUp() {
        return loop.run(() -> {
            var all = new StringBuilder();
            batcher.takeAll().forEach(item -> all.append(item.number).append(' '));
            return all.toString();
        });
    }

    /** The specification, by the same operations. */
    public static class Specification extends BatcherModel {
        public String resize(int policy, int lingerMillis, int items) {
            return resize(POLICIES[policy], lingerMillis, items);
        }
    }

    /** The same operations by one thread, many more of them. */
    @Test
    void generatedSequencesKeepToTheSpecification() {
        for (long seed = 0; seed < SEQUENCES; seed++) {
            var random = new SplittableRandom(seed);
            var real = new BatcherModelCheckTest();
            var model = new Specification();
            var done = new StringBuilder("seed " + seed);
            for (int i = 0; i < 60; i++) {
                int operation = random.nextInt(12);
                int a = random.nextInt(1, 5);
                int b = random.nextInt(1, 10);
                int c = random.nextInt(5);
                done.append("; ").append(operation).append(' ').append(a).append(' ').append(b);
                done.append(' ').append(c);
                var expected = step(model, operation, a, b, c);
                assertEquals(expected, step(real, operation, a, b, c), done::toString);
            }
        }
    }

    private static String step(Specification on, int operation, int a, int b, int c) {
        return switch (operation) {
            case 0 -> on.cancel(a);
            case 1, 2 -> on.pass(a);
            case 3, 4 -> on.free(a);
            case 5 -> on.resize(b % 3, c, a);
            case 6 -> b == 1 ? on.close() : on.pass(1);
            case 7 -> b == 1 ? on.giveUp() : on.pass(1);
            default -> on.add(a, b, c);
        };
    }

    private static String step(BatcherModelCheckTest on, int operation, int a, int b, int c) {
        return switch (operation) {
            case 0 -> on.cancel(a);
            case 1, 2 -> on.pass(a);
            case 3, 4 -> on.free(a);
            case 5 -> on.resize(b % 3, c, a);
            case 6 -> b == 1 ? on.close() : on.pass(1);
            case 7 -> b == 1 ? on.giveUp() : on.pass(1);
            default -> on.add(a, b, c);
        };
    }

    @Test
    @Timeout(1_800)
    void everyInterleavingKeepsToTheSpecification() {
        new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .actorsBefore(4)
                .threads(2)
                .actorsPerThread(3)
                .actorsAfter(3)
                .minimizeFailedScenario(true)
                .sequentialSpecification(Specification.class)
                .check(BatcherModelCheckTest.class);
    }
}
