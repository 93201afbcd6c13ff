package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NumbersTest {
    private static double parse(String number) throws BadLine {
        var bytes = number.getBytes(StandardCharsets.US_ASCII);
        return Numbers.parse(bytes, 0, bytes.length);
    }

    @Test
    void agreesWithJavaOnEveryWayToWriteANumber() throws BadLine {
        var edges =
                List.of(
                        "0",
                        "-0",
                        "+1",
                        "1.",
                        ".5",
                        "9007199254740993",
                        "123456789012345678901234567890",
                        "1e22",
                        "1e23",
                        "1e-22",
                        "1E+400",
                        "1e-400",
                        "1e999999999999",
                        "4.9e-324",
                        "1.7976931348623157e308",
                        "0.000000000000000000000000000001",
                        "00000000000000000000000000000012");
        for (var edge : edges) {
            assertEquals(Double.parseDouble(edge), parse(edge), edge);
        }
    }

    @Test
    void agreesWithJavaOnRandomNumbers() throws BadLine {
        var seed = 20_260_101L;
        var random = new SplittableRandom(seed);
        for (var i = 0; i < 100_000; i++) {
            var number =
                    switch (i % 4) {
                        case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                        case 1 -> Long.toString(random.nextLong());
                        case 2 ->
                                Integer.toString(random.nextInt()) + "e" + random.nextInt(-30, 30);
                        default -> Double.toString(random.nextDouble());
                    };
            assertEquals(Double.parseDouble(number), parse(number), number + ", seed " + seed);
        }
    }

    private static String digits(SplittableRandom random, int most) {
        var digits = new StringBuilder();
        for (var n = random.nextInt(1, most + 1); n > 0; n--) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    /** In many forms: short and long, near the ends of the range, half way between two doubles. */
    private static String number(SplittableRandom random) {
        var bits = random.nextLong();
        var any = Double.longBitsToDouble(bits);
        return switch (random.nextInt(8)) {
            case 0 -> finite(any) ? Double.toString(any) : "1";
            case 1 -> digits(random, 19);
            case 2 -> digits(random, 25) + "." + digits(random, 25);
            case 3 -> digits(random, 17) + "e" + random.nextInt(-345, 311);
            case 4 -> "0." + "0".repeat(random.nextInt(30)) + digits(random, 20);
            case 5 -> finite(any) ? new BigDecimal(any).toPlainString() : "2";
            case 6 -> {
                // Exactly between two doubles, and a little beside it.
                var base = Math.abs(finite(any) ? any : 1);
                var middle =
                        new BigDecimal(base)
                                .add(
                                        new BigDecimal(Math.nextUp(base))
                                                .subtract(new BigDecimal(base))
                                                .divide(BigDecimal.TWO));
                yield middle.toPlainString()
                        + (random.nextBoolean() ? "" : middle.scale() > 0 ? "1" : ".1");
            }
            default -> random.nextInt(-1000, 1000) + "." + digits(random, 3);
        };
    }

    private static boolean finite(double number) {
        return Double.isFinite(number) && Math.abs(number) < 1e300;
    }

    private static void campaign(long seed, int rounds) throws BadLine {
        var random = new SplittableRandom(seed);
        for (var i = 0; i < rounds; i++) {
            var expected = number(random);
            assertEquals(
                    Double.doubleToRawLongBits(Double.parseDouble(expected)),
                    Double.doubleToRawLongBits(parse(expected)),
                    () -> expected + ", seed " + seed);
        }
    }

    @Test
    void agreesWithJavaToTheLastBit() throws BadLine {
        campaign(20_260_102L, 150_000);
    }

    @Test
    @Tag("stress")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void agreesWithJavaToTheLastBitOnMillions() throws BadLine {
        for (var seed = 1L; seed <= 20; seed++) {
            campaign(seed, 1_000_000);
        }
    }

    @Test
    void longTextsAreReadExactlyToo() throws BadLine {
        for (var number :
                List.of(
                        "0." + "0".repeat(60_000) + "1e60001",
                        "1" + "0".repeat(60_000) + "e-60000",
                        "0." + "0".repeat(320) + "123456789012345678901234567890",
                        "9".repeat(400),
                        "1" + "0".repeat(308),
                        "179769313486231580793728971405303415079934132710037826936173778980444"
                                + "e240",
                        "2.2250738585072011e-308",
                        "2.4703282292062327208e-324",
                        "2.4703282292062328e-324",
                        "8.5e22",
                        "9007199254740993e0",
                        "18446744073709551615",
                        "18446744073709551616")) {
            assertEquals(Double.parseDouble(number), parse(number), number);
        }
    }
}
