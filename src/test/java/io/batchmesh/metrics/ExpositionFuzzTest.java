package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExpositionFuzzTest {
    private static final String PROMETHEUS =
            """
            # HELP batchmesh_requests_total Requests \\n answered.
            # TYPE batchmesh_requests_total counter
            batchmesh_requests_total{link="a->b",route="",subset="v1",code="200"} 12345 1700000000000
            batchmesh_requests_total{link="a->\\"ü\\"",code="503"} 1.5e3
            envoy_live{} 1
            {"my.metric", "l.x"="y"} +Inf
            # a remark
            # TYPE d_seconds histogram
            d_seconds_bucket { le = "0.005", } 3
            d_seconds_bucket{le="+Inf"} 7
            d_seconds_sum NaN
            d_seconds_count 7\t
            """;
    private static final String OPENMETRICS =
            """
            # TYPE d_seconds histogram
            # UNIT d_seconds seconds
            # HELP d_seconds How \\"long\\".
            d_seconds_bucket{le="0.005"} 3 # {trace_id="abc"} 0.004 1700000000.5
            d_seconds_bucket{le="+Inf"} 7 1700000000.25
            d_seconds_sum 0.5
            d_seconds_count 7
            # TYPE c counter
            c_total{a="b"} 1 # {} 1
            c_created 1700000000
            # EOF
            """;
    private static final byte[] SPICE =
            "{}\"\\=,# \t\n\r\0+-.eE0179_:azNnIiFf\377\303\200"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private static Map<ExpositionFormat, Scrape> warm() {
        var warm = new EnumMap<ExpositionFormat, Scrape>(ExpositionFormat.class);
        for (var format : ExpositionFormat.values()) {
            warm.put(format, new Scrape(new SeriesTable(ExpositionLimits.DEFAULT)));
        }
        return warm;
    }

    /** Both ways of reading; they must never do anything but return, and they must agree. */
    private static void check(byte[] text, Map<ExpositionFormat, Scrape> warm, long seed) {
        for (var format : ExpositionFormat.values()) {
            try {
                var slow = Exposition.parse(text, format, ExpositionLimits.DEFAULT);
                var failure =
                        Objects.requireNonNull(warm.get(format)).read(text, text.length, format);
                var again = new Scrape(new SeriesTable(ExpositionLimits.DEFAULT));
                assertEquals(again.read(text, text.length, format), failure);
                if (slow instanceof Malformed malformed) {
                    assertTrue(malformed.line() >= 1 && malformed.column() >= 1);
                    assertNotNull(malformed.message());
                } else {
                    assertTrue(failure.isEmpty(), "only the fast way refuses: " + failure);
                    var lenient = Exposition.lenient(text, format, ExpositionLimits.DEFAULT);
                    assertEquals(slow, lenient, "the rules change what is read");
                }
            } catch (RuntimeException | AssertionError e) {
                fail(
                        "seed "
                                + seed
                                + ", "
                                + format
                                + ": "
                                + new String(text, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }

    @Test
    void mutatedExpositionsAreReadOrRefusedAndNothingElse() {
        campaign(30_000);
    }

    @Test
    @Tag("stress")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void manyMutatedExpositionsAreReadOrRefusedAndNothingElse() {
        campaign(2_000_000);
    }

    private static void campaign(int rounds) {
        var warm = warm();
        for (var seed = 1L; seed <= rounds; seed++) {
            if (seed % 10_000 == 0) {
                warm = warm();
            }
            var random = new SplittableRandom(seed);
            var source = random.nextBoolean() ? PROMETHEUS : OPENMETRICS;
            check(mutate(source.getBytes(StandardCharsets.UTF_8), random), warm, seed);
        }
    }

    @Test
    void everyBeginningOfAnExpositionIsReadOrRefused() {
        for (var source : new String[] {PROMETHEUS, OPENMETRICS}) {
            var bytes = source.getBytes(StandardCharsets.UTF_8);
            var warm = warm();
            for (var length = 0; length <= bytes.length; length++) {
                check(Arrays.copyOf(bytes, length), warm, length);
            }
        }
    }

    @Test
    void randomBytesAreReadOrRefused() {
        var warm = warm();
        for (var seed = 1L; seed <= 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var bytes = new byte[random.nextInt(200)];
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
            } else {
                for (var i = 0; i < bytes.length; i++) {
                    bytes[i] = SPICE[random.nextInt(SPICE.length)];
                }
            }
            check(bytes, warm, seed);
        }
    }

    private static byte[] mutate(byte[] source, SplittableRandom random) {
        var bytes = source.clone();
        for (var n = random.nextInt(1, 6); n > 0 && bytes.length > 1; n--) {
            var at = random.nextInt(bytes.length);
            var spice = SPICE[random.nextInt(SPICE.length)];
            bytes =
                    switch (random.nextInt(5)) {
                        case 0 -> splice(bytes, at, at + 1, new byte[] {spice});
                        case 1 -> splice(bytes, at, at, new byte[] {spice});
                        case 2 -> splice(bytes, at, at + random.nextInt(1, 12), new byte[0]);
                        case 3 -> {
                            var from = random.nextInt(bytes.length);
                            var piece =
                                    Arrays.copyOfRange(
                                            bytes,
                                            from,
                                            Math.min(bytes.length, from + random.nextInt(60)));
                            yield splice(bytes, at, at, piece);
                        }
                        default -> Arrays.copyOf(bytes, at);
                    };
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
        var stop = Math.min(to, bytes.length);
        var spliced = new byte[from + piece.length + bytes.length - stop];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(piece, 0, spliced, from, piece.length);
        System.arraycopy(bytes, stop, spliced, from + piece.length, bytes.length - stop);
        return spliced;
    }
}
