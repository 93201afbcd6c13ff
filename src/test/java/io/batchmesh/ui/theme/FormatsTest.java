package io.batchmesh.ui.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource({
        "6140, 6.14k/s",
        "479, 479/s",
        "4, 4.00/s",
        "0, 0/s",
        "0.123, 0.12/s",
        "31.6, 31.6/s",
        "999.4, 999/s",
        "999.6, 1.00k/s",
        "99.97, 100/s",
        "9.996, 10.0/s",
        "41000, 41.0k/s",
        "1.5e6, 1.50M/s",
        "NaN, –",
        "Infinity, ∞/s"
    })
    void a_rate_has_three_digits(double perSecond, String worded) {
        assertEquals(worded, Formats.rate(perSecond));
    }

    @ParameterizedTest
    @CsvSource({
        "0.018, 18 ms",
        "0.00042, 0.42 ms",
        "1.2, 1.2 s",
        "0.0018, 1.8 ms",
        "0.0000085, 8.5 µs",
        "0.00999, 10 ms",
        "0.9996, 1.0 s",
        "0, 0 ms",
        "0.25, 250 ms",
        "42.3, 42 s",
        "600, 10 min",
        "NaN, –",
        "-0.0016, −1.6 ms",
        "Infinity, ∞"
    })
    void a_latency_takes_the_unit_that_suits_it(double seconds, String worded) {
        assertEquals(worded, Formats.latency(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "512, 512 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "262144, 256 KiB",
        "1572864, 1.5 MiB",
        "1048575, 1.0 MiB",
        "33554432, 32 MiB",
        "NaN, –"
    })
    void bytes_are_counted_in_powers_of_1024(double bytes, String worded) {
        assertEquals(worded, Formats.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "0.013, 1.3 %",
        "0.0002, 0.02 %",
        "0.00004, < 0.01 %",
        "-0.00001, < 0.01 %",
        "-0.013, −1.3 %",
        "1, 100 %",
        "0, 0 %",
        "0.0999, 10 %",
        "NaN, –"
    })
    void a_share_is_worded_in_percent(double share, String worded) {
        assertEquals(worded, Formats.share(share));
    }

    @ParameterizedTest
    @CsvSource({
        "0, now",
        "1, 1 s ago",
        "35, 35 s ago",
        "150, 2 min ago",
        "10000, 2 h ago",
        "200000, 2 days ago",
        "-5, now"
    })
    void an_age_is_worded_in_one_unit(long seconds, String worded) {
        assertEquals(worded, Formats.age(Duration.ofSeconds(seconds)));
    }

    @Test
    void a_change_shows_its_sign() {
        assertEquals("+1.6 ms", Formats.latencyChange(0.0016));
        assertEquals("−285/s", Formats.rateChange(-285));
        assertEquals("+18.8", Formats.numberChange(18.8));
        assertEquals("–", Formats.latencyChange(Double.NaN));
    }

    @Test
    void numbers_are_filled_up_to_a_width() {
        assertEquals("  18 ms", Formats.fixed("18 ms", 7));
        assertEquals("1234 ms", Formats.fixed("1234 ms", 7));
        assertEquals("6,120", Formats.count(6120));
    }
}
