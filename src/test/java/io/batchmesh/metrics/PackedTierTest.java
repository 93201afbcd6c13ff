package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PackedTierTest {
    private static final int LINKS = 1_000;
    private static final int PROXIES = 1_000;
    private static final int SERVICES = 500;

    @Test
    void anyNumbersComeBackAsTheyWereWritten() {
        for (var seed = 1L; seed <= 200; seed++) {
            var random = new SplittableRandom(seed);
            var numbers = new int[random.nextInt(1, 400)];
            for (var i = 0; i < numbers.length; i++) {
                numbers[i] =
                        switch (random.nextInt(4)) {
                            case 0 -> random.nextInt();
                            case 1 -> i == 0 ? 7 : numbers[i - 1];
                            case 2 -> random.nextInt(-50, 50);
                            default -> (i == 0 ? 0 : numbers[i - 1]) + random.nextInt(-300, 300);
                        };
            }
            var packed = new PackedBits();
            for (var number : numbers) {
                packed.write(number);
            }
            var read = new PackedBits(packed.toBytes());
            var back = new int[numbers.length];
            for (var i = 0; i < back.length; i++) {
                back[i] = read.read();
            }
            assertArrayEquals(numbers, back, "seed " + seed);
        }
    }

    @Test
    void numbersKeepTheirPrecisionAndSmallWholeOnesTheirValue() {
        var random = new SplittableRandom(5);
        for (var dropped : new int[] {11, 16}) {
            var column = new PackedColumn(120, dropped);
            var values = new double[1_000];
            for (var i = 0; i < values.length; i++) {
                values[i] =
                        switch (i % 5) {
                            case 0 -> i / 10;
                            case 1 -> random.nextDouble(1e-9, 1e9);
                            case 2 -> -random.nextDouble();
                            case 3 -> Double.NaN;
                            default -> Math.exp(random.nextDouble(-80, 80));
                        };
                column.add(values[i]);
            }
            var precision = Math.scalb(1.0, dropped - 24);
            var back = column.read();
            for (var i = 0; i < values.length; i++) {
                var error = Math.abs(back[i] - values[i]) / Math.abs(values[i]);
                assertTrue(
                        Double.compare(values[i], back[i]) == 0 || error <= precision * 1.001,
                        values[i] + " became " + back[i]);
                if (i % 5 == 0) {
                    assertEquals(values[i], back[i]);
                }
            }
        }
        var special = new PackedColumn(2, 15);
        special.add(Double.POSITIVE_INFINITY);
        special.add(Double.NEGATIVE_INFINITY);
        special.add(0);
        assertArrayEquals(
                new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0},
                special.read());
    }

    @Test
    void theOldestMomentsAreForgottenAndGapsStayGaps() {
        var tier = new PackedTier(300, 120, 11);
        for (var i = 0; i < 2_000; i++) {
            if (i % 3 == 0) {
                tier.open("a", 2).set(1, i);
            }
            if (i == 1_800) {
                tier.open("late", 1).set(0, 1);
            }
            tier.commit(i * 1_000L);
            var series = tier.series("a", 1);
            assertEquals(Math.min(i + 1, 300), series.size());
            if (i % 97 == 0) {
                for (var n = 0; n < series.size(); n++) {
                    var moment = series.millis(n) / 1_000;
                    assertEquals(moment % 3 == 0 ? moment : Double.NaN, series.value(n));
                }
            }
        }
        var late = tier.series("late", 0);
        assertEquals(300, late.size());
        assertEquals(1, late.value(100));
        assertEquals(Double.NaN, late.value(99));
        assertEquals(Double.NaN, tier.series("a", 0).last());
        assertEquals(Double.NaN, tier.series("nobody", 0).last());
    }

    @Test
    void whatIsNotWrittenAnyMoreIsForgotten() {
        var tier = new PackedTier(100, 120, 11);
        tier.open("a", 1).set(0, 1);
        for (var i = 0; i < 100; i++) {
            tier.commit(i);
        }
        assertEquals(1, tier.groups());
        tier.commit(100);
        tier.commit(101);
        assertNull(tier.group("a"));
    }

    /** A twentieth of it, since what it occupies grows with the number of links. */
    @Test
    void aDayOfAThousandProxiesFitsInto256MiB() {
        assertFits(20);
    }

    @Test
    @Tag("stress")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aWholeDayOfAThousandProxiesFitsInto256MiB() {
        assertFits(1);
    }

    private static void assertFits(int part) {
        System.gc();
        var before = used();
        var recent =
                fill(
                        SnapshotHistory.empty(SnapshotHistory.CAPACITY),
                        1_049,
                        LinkMeasure.count(),
                        part);
        var day = fill(PackedDay.empty(), 9_119, LinkMeasure.allDaily().size(), part);
        System.gc();
        var heap = (used() - before) * part;
        var said = (recent.bytes() + day.bytes()) * part;
        assertEquals(900, recent.size());
        assertEquals(8_640, day.size());
        assertTrue(
                said < SnapshotHistory.MAX_BYTES,
                said / 1e6 + " MB, recent " + recent.bytes() * part);
        assertTrue(heap < SnapshotHistory.MAX_BYTES, heap / 1e6 + " MB of heap, said " + said);
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static PackedTier fill(PackedTier tier, int moments, int measures, int part) {
        var random = new SplittableRandom(11);
        // Means of ten seconds are calmer.
        var noise = moments < 2_000 ? 0.03 : 0.01;
        for (var t = 0; t < moments; t++) {
            var tide = 2 + Math.sin(t / 1_000.0);
            for (var i = 0; i < LINKS / part; i++) {
                set(tier.open("link " + i, measures), measures, tide * (i + 1), noise, random);
            }
            for (var i = 0; i < PROXIES / part; i++) {
                set(tier.open("proxy " + i, 3), 3, tide / 10, noise, random);
            }
            for (var i = 0; i < SERVICES / part; i++) {
                set(tier.open("service " + i, 5), 5, tide * i, noise, random);
            }
            tier.commit(t * 1_000L);
        }
        return tier;
    }

    /** Every fourth is nearly always zero (errors, retries), every eighth is never there. */
    private static void set(
            PackedTier.Group group,
            int count,
            double level,
            double noise,
            SplittableRandom random) {
        for (var n = 0; n < count; n++) {
            if (n % 4 == 3) {
                group.set(n, random.nextInt(200) == 0 ? level / 50 : 0);
            } else if (n % 8 != 6) {
                group.set(n, level * (1 + n) * (1 + noise * random.nextGaussian()));
            }
        }
    }
}
