package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What OpenMetrics 1.0 accepts and refuses, case by case: cases of our own with the meaning of
 * those of the standard's suite (github.com/prometheus/OpenMetrics, tests/testdata/parsers).
 */
class OpenMetricsCasesTest {
    /** A text with its heading. */
    record Case(String title, String expected, String text) {
        private byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Case> refused() throws IOException {
        return cases("openmetrics-refused.txt").stream();
    }

    static Stream<Case> accepted() throws IOException {
        return cases("openmetrics-accepted.txt").stream();
    }

    private static List<Case> cases(String file) throws IOException {
        try (var in = OpenMetricsCasesTest.class.getResourceAsStream(file)) {
            var text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            var cases = new ArrayList<Case>();
            for (var part : ("\n" + text).split("\n== ", -1)) {
                var heading = part.lines().findFirst().orElse("");
                var words = heading.split(" :: ", 2);
                if (words.length == 2) {
                    var body =
                            part.length() == heading.length()
                                    ? ""
                                    : part.substring(heading.length() + 1);
                    cases.add(new Case(words[0], words[1], body.isEmpty() ? "" : body + "\n"));
                }
            }
            return cases;
        }
    }

    private static ExpositionResult strictly(Case text) {
        return Exposition.parse(
                text.bytes(), ExpositionFormat.OPENMETRICS, ExpositionLimits.DEFAULT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedForItsReason(Case text) {
        var malformed = assertInstanceOf(Malformed.class, strictly(text));
        assertTrue(malformed.message().contains(text.expected()), malformed.toString());
        var lines = text.text().lines().count();
        assertTrue(malformed.line() <= lines + 1, malformed.toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void isAcceptedAndReadAlikeByAScrape(Case text) {
        switch (strictly(text)) {
            case Malformed malformed -> fail(malformed.toString());
            case Exposition exposition ->
                    assertEquals(
                            Integer.parseInt(text.expected()),
                            exposition.families().stream()
                                    .mapToInt(family -> family.samples().size())
                                    .sum());
        }
        var scrape = new Scrape(new SeriesTable(ExpositionLimits.DEFAULT));
        var bytes = text.bytes();
        for (var round = 0; round < 3; round++) {
            var failure = scrape.read(bytes, bytes.length, ExpositionFormat.OPENMETRICS);
            assertTrue(failure.isEmpty(), () -> text + ": " + failure);
            assertEquals(Integer.parseInt(text.expected()), scrape.samples());
        }
    }

    @Test
    void aScrapeReadsWhatPrometheusReadsAlthoughItBreaksTheRules() {
        var text =
                """
                # TYPE go_gc summary
                go_gc_count 2.0 # {id="x"} 1 123.321
                some:rule 1
                go_gc{quantile="0.5",a="b"} 8.3835e-05
                # TYPE hhh histogram
                hhh_count 1 # {id="y"} 4
                # TYPE ii info
                ii{foo="bar"} 1
                # TYPE ss stateset
                ss{A="a"} 0
                # TYPE foo counter
                foo_total 17.0 1520879607.789 # {id="counter-test"} 5
                foo_created 1520872607.123
                foo_total{a="b"} 17.0
                foo_total{a="b"} 17.0
                # EOF
                """
                        .getBytes(StandardCharsets.UTF_8);
        var strict = Exposition.parse(text, ExpositionFormat.OPENMETRICS, ExpositionLimits.DEFAULT);
        assertInstanceOf(Malformed.class, strict);
        var lenient =
                Exposition.lenient(text, ExpositionFormat.OPENMETRICS, ExpositionLimits.DEFAULT);
        var families = assertInstanceOf(Exposition.class, lenient).families();
        assertEquals(10, families.stream().mapToInt(family -> family.samples().size()).sum());
        var scrape = new Scrape(new SeriesTable(ExpositionLimits.DEFAULT));
        var failure = scrape.read(text, text.length, ExpositionFormat.OPENMETRICS);
        assertTrue(failure.isEmpty(), failure.toString());
        assertEquals(1, scrape.duplicates());
    }

    @Test
    void theTextsThatPrometheusRefusesAreRefusedByAScrape() {
        for (var line :
                List.of(
                        "a",
                        "a{b='c'} 1",
                        "a{b=",
                        "a{\u00ff=\"foo\"} 1",
                        "{\"a\", \"b = \"c\"}",
                        "{\"a\",b\\nc=\"d\"} 1",
                        "a true",
                        "something_weird{problem=\"",
                        "empty_label_name{=\"\"} 0",
                        "foo 1_2",
                        "foo 0x1p-3",
                        "foo 0 1_2",
                        "{a=\"ok\"} 1",
                        "# TYPE #",
                        "# HELP #",
                        "a{b=\0\"ssss\"} 1",
                        "a{b=\"\0",
                        "a{b\0=\"hiih\"}\t1",
                        "a\0{b=\"ddd\"} 1",
                        "a 0 1\0")) {
            for (var format : ExpositionFormat.values()) {
                var text = (line + "\n# EOF\n").getBytes(StandardCharsets.UTF_8);
                var scrape = new Scrape(new SeriesTable(ExpositionLimits.DEFAULT));
                assertTrue(
                        scrape.read(text, text.length, format).isPresent(),
                        () -> format + " accepts " + line);
            }
        }
    }
}
