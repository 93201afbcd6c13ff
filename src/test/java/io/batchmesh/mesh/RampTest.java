package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RampTest {
    @Test
    void withQuickAnswersTheLoadIsThereWhenTheRampIsOver() {
        double rate = 600;
        var ramp = new Ramp(rate, Duration.ofSeconds(3));
        double seconds = 0;
        while (ramp.share(seconds) < 1) {
            ramp.answered();
            seconds += 1 / (rate * ramp.share(seconds));
        }
        assertEquals(3, seconds, 1.5);
    }

    @Test
    void theFirstCallsAreMadeOneByOneAndThenFewAtATime() {
        var ramp = new Ramp(600, Duration.ofSeconds(3));
        for (int i = 0; i < 20; i++) {
            assertEquals(1, ramp.mostOpen(1));
            ramp.answered();
        }
        assertEquals(32, ramp.mostOpen(1));
        assertEquals(0.1, ramp.share(0), 0.05);
    }

    @Test
    void withoutAnyAnswerTheLoadStillRisesInTheEnd() {
        var ramp = new Ramp(600, Duration.ofSeconds(3));
        assertEquals(1, ramp.mostOpen(29));
        assertEquals(Integer.MAX_VALUE, ramp.mostOpen(30));
        assertEquals(1, ramp.share(30));
    }

    @Test
    void withoutARampTheWholeLoadIsThereAtOnce() {
        var ramp = new Ramp(600, Duration.ZERO);
        assertEquals(Integer.MAX_VALUE, ramp.mostOpen(0));
        assertEquals(1, ramp.share(0));
    }

    @Test
    void aRateBelowOneCallARampIsNotHeldUp() {
        var ramp = new Ramp(0.01, Duration.ofSeconds(3));
        ramp.answered();
        assertEquals(1, ramp.share(0));
    }
}
