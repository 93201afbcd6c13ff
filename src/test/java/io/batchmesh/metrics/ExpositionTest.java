package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    static ExpositionResult parse(String text) {
        return Exposition.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<MetricFamily> families(String text) {
        return switch (parse(text)) {
            case Exposition exposition -> exposition.families();
            case Malformed malformed -> fail(malformed.toString());
        };
    }

    private static Sample sample(String line) {
        return families(line + "\n").getFirst().samples().getFirst();
    }

    private static Malformed malformed(String text) {
        return switch (parse(text)) {
            case Exposition exposition -> fail("was accepted: " + exposition);
            case Malformed malformed -> malformed;
        };
    }

    private static void assertMalformed(String text, int line, String message) {
        var malformed = malformed(text);
        assertEquals(line, malformed.line(), malformed.toString());
        assertTrue(malformed.message().contains(message), malformed.toString());
    }

    @Test
    void aFamilyHasTypeHelpUnitAndSamples() {
        var family =
                families(
                                """
                                # HELP t_seconds How long\\nit took \\\\o/.
                                # TYPE t_seconds histogram
                                # UNIT t_seconds seconds
                                t_seconds_bucket{le="0.5"} 1
                                t_seconds_bucket{le="+Inf"} 2
                                t_seconds_sum 3.5
                                t_seconds_count 2
                                """)
                        .getFirst();
        assertEquals("t_seconds", family.name());
        assertEquals(MetricType.HISTOGRAM, family.type());
        assertEquals("How long\nit took \\o/.", family.help());
        assertEquals("seconds", family.unit());
        assertEquals(4, family.samples().size());
        assertEquals(Map.of("le", "0.5"), family.samples().getFirst().labels());
    }

    @Test
    void aMissingTypeIsUntypedInPrometheusAndUnknownInOpenMetrics() {
        assertEquals(MetricType.UNTYPED, families("a 1\n").getFirst().type());
        assertEquals(MetricType.UNKNOWN, families("a 1\n# EOF\n").getFirst().type());
    }

    @Test
    void openMetricsCountersBelongToTheFamilyWithoutSuffix() {
        var families = families("# TYPE a counter\na_total 3\na_created 1.5\n# EOF\n");
        assertEquals(1, families.size());
        assertEquals("a", families.getFirst().name());
        assertEquals("a_total", families.getFirst().samples().getFirst().name());
    }

    @Test
    void interleavedFamiliesArePutTogether() {
        var families =
                families("# TYPE a gauge\n# TYPE b gauge\na 1\nb 1\na{x=\"1\"} 2\nc 1\nb{} 2\n");
        assertEquals(List.of("a", "b", "c"), families.stream().map(MetricFamily::name).toList());
        assertEquals(2, families.get(1).samples().size());
    }

    @Test
    void specialNumbersAreRead() {
        assertEquals(Double.NaN, sample("a NaN").value());
        assertEquals(Double.NaN, sample("a nan").value());
        assertEquals(Double.POSITIVE_INFINITY, sample("a +Inf").value());
        assertEquals(Double.POSITIVE_INFINITY, sample("a Infinity").value());
        assertEquals(Double.NEGATIVE_INFINITY, sample("a -inf").value());
        assertEquals(-1.5e-7, sample("a -1.5E-7").value());
    }

    @Test
    void labelsMayBeEscapedSpacedAndEndInAComma() {
        var sample = sample("a { x = \"q\\\"u\\\\o\\n\\x\" , y=\"ü,}\", }  1");
        assertEquals("q\"u\\o\n\\x", sample.labels().get("x"));
        assertEquals("ü,}", sample.labels().get("y"));
        assertEquals(List.of("x", "y"), List.copyOf(sample.labels().keySet()));
    }

    @Test
    void emptyBracesAsEnvoyWritesThemAreNoLabels() {
        assertEquals(Map.of(), sample("envoy_server_live{} 1").labels());
    }

    @Test
    void quotedNamesMayHoldAnyCharacter() {
        var family =
                families("# TYPE \"my.metric ü\" gauge\n{\"my.metric ü\",\"a.b\"=\"c\"} 4\n")
                        .getFirst();
        assertEquals("my.metric ü", family.name());
        assertEquals(MetricType.GAUGE, family.type());
        assertEquals(Map.of("a.b", "c"), family.samples().getFirst().labels());
        assertEquals("n", sample("{\"n\"} 4").name());
    }

    @Test
    void timestampsAreSecondsWhateverTheFormat() {
        assertEquals(1.5, sample("a 1 1500").timestamp());
        assertEquals(-1.5, sample("a 1 -1500").timestamp());
        assertEquals(1.5, families("a 1 1.5\n# EOF\n").getFirst().samples().getFirst().timestamp());
        assertEquals(Double.NaN, sample("a 1").timestamp());
    }

    @Test
    void exemplarsAreKept() {
        var sample =
                families("# TYPE a counter\na_total 1 1.5 # {trace_id=\"x\"} 0.25 9.5\n# EOF\n")
                        .getFirst()
                        .samples()
                        .getFirst();
        assertEquals(new Exemplar(Map.of("trace_id", "x"), 0.25, 9.5), sample.exemplar());
        assertEquals(1.5, sample.timestamp());
        var untimed = sample("a_total 1 # {} 0.25").exemplar();
        assertNotNull(untimed);
        assertEquals(Double.NaN, untimed.timestamp());
        assertNull(sample("a 1").exemplar());
    }

    @Test
    void carriageReturnsCommentsBlankLinesAndAMissingLineFeedAreAccepted() {
        var families =
                families("#\r\n# a comment\r\n\r\n  \t\r\n# TYPE a gauge\r\na 1\r\na 2 7\r\nb 3");
        assertEquals(2, families.size());
        assertEquals(MetricType.GAUGE, families.getFirst().type());
        assertEquals(0.007, families.getFirst().samples().get(1).timestamp());
    }

    @Test
    void anEmptyTextHasNoFamilies() {
        assertEquals(List.of(), families(""));
        assertEquals(List.of(), families("\n\n"));
        assertEquals(List.of(), families("# EOF\n"));
        assertEquals(List.of(), families("# EOF"));
    }

    @Test
    void anErrorNamesItsPlace() {
        assertMalformed("a 1\nb 2\n<html>\n", 3, "cannot begin with '<'");
        assertMalformed("a one\n", 1, "'one' is not a number");
        assertEquals(3, malformed("a one\n").column());
        assertMalformed("a 1 x\n", 1, "'x' is not a timestamp");
        assertMalformed("a 1 2 3\n", 1, "behind the sample");
        assertMalformed("a\n", 1, "ends before a value");
        assertMalformed("9a 1\n", 1, "begin with a digit");
        assertMalformed("a{x=\"1\" 1\n", 1, "not closed");
        assertMalformed("a{x=\"1} 1\n", 1, "not closed");
        assertMalformed("a{x=1} 1\n", 1, "in quotes");
        assertMalformed("a{x=\"1\" y=\"2\"} 1\n", 1, "expected ','");
        assertMalformed("a{x=\"1\",x=\"2\"} 1\n", 1, "twice");
        assertMalformed("a{x=\"1\"}1\n", 1, "a space is missing");
        assertMalformed("{x=\"1\"} 1\n", 1, "no name");
        assertMalformed("a{\"b\"} 1\n", 1, "two names");
        assertMalformed("# TYPE a teapot\n", 1, "not a type");
        assertMalformed("a 0x1p-2\n", 1, "not a number");
        assertMalformed("a 1_000\n", 1, "not a number");
        assertMalformed("a 1d\n", 1, "not a number");
        assertMalformed("{\"error\":\"x\"}\n", 1, "expected '='");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        var text = "a{x=\"y\"} 1\n".getBytes(StandardCharsets.ISO_8859_1);
        text[5] = (byte) 0xff;
        var result = Exposition.parse(text);
        assertTrue(result instanceof Malformed bad && bad.message().contains("UTF-8"), "" + result);
    }

    @Test
    void openMetricsIsHeldToItsStrictness() {
        assertMalformed("a 1\n\nb 1\n# EOF\n", 2, "no name");
        assertMalformed("# remark\na 1\n# EOF\n", 1, "no comments");
        assertMalformed("a  1\n# EOF\n", 1, "number is missing");
        assertMalformed("a 1 \n# EOF\n", 1, "no space at the end");
        assertMalformed("a{x=\"1\",} 1\n# EOF\n", 1, "cannot begin with '}'");
        assertMalformed("# TYPE a gauge\n# TYPE a gauge\n# EOF\n", 2, "a second TYPE");
        var text = "a 1\n".getBytes(StandardCharsets.UTF_8);
        var cut = Exposition.parse(text, ExpositionFormat.OPENMETRICS, ExpositionLimits.DEFAULT);
        assertEquals(new Malformed(2, 1, "'# EOF' is missing: the text is cut short"), cut);
        var after = "# EOF\na 1\n".getBytes(StandardCharsets.UTF_8);
        assertTrue(
                Exposition.parse(after, ExpositionFormat.OPENMETRICS, ExpositionLimits.DEFAULT)
                        instanceof Malformed);
    }

    @Test
    void limitsHold() {
        var limits = new ExpositionLimits(60, 2, 1, 20);
        assertLimit("a 1\nb 1\nc 1\n", limits, "more than 2 samples");
        assertLimit("a{x=\"1\",y=\"1\"} 1\n", limits, "more than 1 labels");
        assertLimit("a{x=\"123456789012345678901234567890\"} 1\n", limits, "longer than 20");
        assertLimit("# HELP a 123456789012345678901234567890\n", limits, "longer than 20");
        assertLimit("a".repeat(61), limits, "longer than 60");
    }

    private static void assertLimit(String text, ExpositionLimits limits, String message) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var result = Exposition.parse(bytes, ExpositionFormat.PROMETHEUS, limits);
        assertTrue(result instanceof Malformed bad && bad.message().contains(message), "" + result);
    }

    @Test
    void theContentTypeNamesTheFormat() {
        assertEquals(
                ExpositionFormat.OPENMETRICS,
                ExpositionFormat.of("application/openmetrics-text; version=1.0.0; charset=utf-8"));
        assertEquals(ExpositionFormat.PROMETHEUS, ExpositionFormat.of("text/plain; version=0.0.4"));
        assertEquals(ExpositionFormat.PROMETHEUS, ExpositionFormat.of(null));
    }
}
