package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
}
