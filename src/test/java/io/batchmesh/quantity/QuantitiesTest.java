package io.batchmesh.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"5ms,5000000", "250us,250000", "1.5s,1500000000", "2min,120000000000", "0s,0"})
    void aDurationIsReadInNanoseconds(String text, long nanos) {
        assertEquals(Duration.ofNanos(nanos), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5ms", "250us", "1500ms", "2min", "1h", "0s", "7ns"})
    void aDurationIsWrittenAsItWasRead(String text) {
        assertEquals(text, Durations.format(Durations.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"512B", "256KiB", "16MiB", "3GiB", "0B"})
    void aSizeIsWrittenAsItWasRead(String text) {
        assertEquals(text, Sizes.format(Sizes.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10Mbit", "512kbit", "1Gbit", "7bit", "0bit"})
    void aBandwidthIsWrittenAsItWasRead(String text) {
        assertEquals(text, Bandwidths.format(Bandwidths.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-5ms", "5 parsecs", "ms", "1e3ms", "999999999999999999h"})
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(QuantityException.class, () -> Durations.parse(text));
    }

    @Test
    void theErrorNamesTheTextTheFaultAndTheMend() {
        var e = assertThrows(QuantityException.class, () -> Durations.parse("-5ms"));
        assertEquals("'-5ms' is negative; write it like 5ms, 250us, 1.5s, 2min", e.getMessage());
    }
}
