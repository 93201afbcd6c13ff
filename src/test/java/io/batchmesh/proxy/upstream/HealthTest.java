package io.batchmesh.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.policy.HealthCheck;
import io.batchmesh.policy.OutlierDetection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Outlier detection and the verdict of health checks, in turned time. */
class HealthTest {
    private static final long SECOND = 1_000_000_000L;
    private static final OutlierDetection RULE =
            new OutlierDetection(3, Duration.ofSeconds(10), Duration.ofSeconds(25), 50);

    private final Health health = new Health();

    private void eject(long now) {
        for (int i = 1; i < RULE.consecutiveErrors(); i++) {
            assertFalse(health.failed(now, true));
        }
        assertTrue(health.failed(now, true));
    }

    @Test
    void anEndpointIsLeftOutAtOnceAndComesBackAtTheNextJudgement() {
        health.rule(RULE, 0);
        eject(2 * SECOND);
        assertTrue(health.ejected(2 * SECOND));
        // Its 25 s are over at 27 s; it is judged at 30 s.
        assertEquals(28 * SECOND, health.ejectedForNanos(2 * SECOND));
        assertTrue(health.ejected(30 * SECOND - 1));
        assertFalse(health.ejected(30 * SECOND));
    }

    @Test
    void eachEjectionInSuccessionIsLongerAndEachQuietIntervalShortensTheNext() {
        health.rule(RULE, 0);
        eject(0);
        assertFalse(health.ejected(30 * SECOND));
        eject(31 * SECOND);
        assertEquals(59 * SECOND, health.ejectedForNanos(31 * SECOND), "31 + 50, judged at 90");
        assertFalse(health.ejected(90 * SECOND));
        // Two intervals in peace take two from the multiplier.
        eject(115 * SECOND);
        assertEquals(25 * SECOND, health.ejectedForNanos(115 * SECOND), "115 + 25, at 140");
    }

    @Test
    void anEjectionNeverLastsLongerThanFiveMinutesAndOneInterval() {
        health.rule(RULE, 0);
        long now = 0;
        for (int i = 0; i < 30; i++) {
            eject(now);
            long rest = health.ejectedForNanos(now);
            assertTrue(rest <= 310 * SECOND, "time " + i + ": " + rest);
            now += rest;
            assertFalse(health.ejected(now));
        }
    }

    @Test
    void nobodyIsLeftOutBeyondTheShare() {
        health.rule(RULE, 0);
        for (int i = 0; i < 10; i++) {
            assertFalse(health.failed(i, false));
        }
        assertTrue(health.failed(11, true), "as soon as another came back");
    }

    @Test
    void anIntervalOfNothingIsAsShortAsCanBe() {
        health.rule(new OutlierDetection(1, Duration.ZERO, Duration.ofSeconds(1), 100), 0);
        assertTrue(health.failed(SECOND, true));
        assertFalse(health.ejected(2 * SECOND));
    }

    @Test
    void aCheckChangesItsMindAfterSoManyAnswersInARow() {
        health.check(new HealthCheck("/", Duration.ZERO, Duration.ZERO, 2, 3, 200));
        assertEquals("unknown", health.verdict());
        ask(false, false, true, false, false);
        assertFalse(health.unwell());
        assertEquals("passing", health.verdict());
        ask(false);
        assertTrue(health.unwell());
        ask(true, false, true);
        assertEquals("failing", health.verdict());
        ask(true);
        assertEquals("passing", health.verdict());
    }

    @Test
    void withoutACheckNothingIsHeldAgainstAnEndpoint() {
        health.check(new HealthCheck("/", Duration.ZERO, Duration.ZERO, 1, 1, 200));
        ask(false);
        assertTrue(health.unwell());
        health.check(null);
        assertFalse(health.unwell());
        ask(false, false);
        assertEquals("unchecked", health.verdict());
    }

    private void ask(boolean... answers) {
        for (boolean well : answers) {
            health.checked(well);
        }
    }
}
