package io.batchmesh.proxy.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that was accepted gets exactly one outcome, its own, whatever befalls the peers: seeded
 * fault schedules on injected time. One seed alone: {@code -Dschedule.seed=N}.
 */
class FaultScheduleTest {
    private static final Logger LOG = LoggerFactory.getLogger(FaultScheduleTest.class);
    private static final int MOST_SHOWN = 8;
    private static final boolean STRESS = Boolean.getBoolean("stress");
    private static final int SCHEDULES = Integer.getInteger("schedules", STRESS ? 10_000 : 500);
    private static final long FIRST = Long.getLong("schedule.first", 20_261_122L);
    private static final Long ONLY = Long.getLong("schedule.seed");

    @Test
    @Timeout(3_600)
    void everyRequestGetsExactlyOneOutcomeItsOwn() {
        long begun = System.nanoTime();
        var threads = ManagementFactory.getThreadMXBean();
        double cpuBegun = threads.getCurrentThreadCpuTime() / 1e6;
        long good = 0;
        long shared = 0;
        long bulk = 0;
        long parts = 0;
        int run = 0;
        var failures = new ArrayList<String>();
        while (run < SCHEDULES && failures.size() < MOST_SHOWN) {
            long seed = ONLY == null ? FIRST + run : ONLY;
            run = ONLY == null ? run + 1 : SCHEDULES;
            var world = new World(seed);
            var wrong = world.run();
            good += world.history().count(200);
            shared += world.history().sharedAnswers();
            bulk += world.history().bulkAnswers();
            parts += world.history().answersInParts();
            if (!wrong.isEmpty()) {
                failures.add("-Dschedule.seed=" + seed + ":\n" + String.join("\n", wrong));
            }
        }
        double millis = (System.nanoTime() - begun) / 1e6;
        double cpu = threads.getCurrentThreadCpuTime() / 1e6 - cpuBegun;
        LOG.info("{} schedules: {} ms, {} ms of CPU, {} answers", run, millis, cpu, good);
        LOG.info("{} from a cache or shared, {} items in bulk, {} in parts", shared, bulk, parts);
        assertTrue(failures.isEmpty(), () -> String.join("\n", failures));
        assertTrue(ONLY != null || good > 50L * SCHEDULES, "hardly anything was answered: " + good);
        assertTrue(ONLY != null || shared > 2L * SCHEDULES, "hardly anything shared: " + shared);
        assertTrue(ONLY != null || parts > 5L * SCHEDULES, "hardly anything in parts: " + parts);
        assertTrue(ONLY != null || bulk > 5L * SCHEDULES, "hardly anything in bulk: " + bulk);
    }

    /** Deadlines that were late by their whole length; a connection that was not read any more. */
    @ParameterizedTest
    @ValueSource(longs = {20_262_149L, 20_263_612L, 20_264_662L, 20_269_804L, 20_270_780L})
    void whatWentWrongOnceIsRight(long seed) {
        assertEquals(List.of(), new World(seed).run(), "-Dschedule.seed=" + seed);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 5; seed++) {
            var first = new World(seed);
            var second = new World(seed);
            first.run();
            second.run();
            assertEquals(first.digest(), second.digest(), "seed " + seed);
        }
    }
}
