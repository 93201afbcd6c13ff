package io.batchmesh.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.policy.BatchWindow;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "4, 5, true", // nobody to share a batch with
        "60, 5, true", // a thirtieth of the bytes, but a kilobyte in a second
        "2000, 5, false", // ten to a batch, and fewer cores for it
        "2000, 0, false" // nobody waits
    })
    void aWindowOnlyAddsLatencyWhereWhatItSavesIsLessThanAnybodySees(
            double rate, long millis, boolean onlyAdds) {
        var load =
                new Workload(
                        rate,
                        400,
                        400,
                        1,
                        0,
                        new Workload.Wire(0, Double.POSITIVE_INFINITY),
                        new Workload.Service(0.005, 0.02, 0, false));
        var window =
                BatchWindow.DEFAULT
                        .withPolicy(BatchWindow.Policy.FIXED)
                        .withLinger(Duration.ofMillis(millis));
        var comparison = Comparison.of(new Forecaster(Costs.USUAL), load, window);
        assertEquals(onlyAdds, comparison.onlyAddsLatency());
    }
}
