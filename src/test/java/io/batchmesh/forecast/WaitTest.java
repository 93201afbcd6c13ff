package io.batchmesh.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {
    private static final int REQUESTS = 400_000;

    /** Waits of many requests, in order of size, and how many batches they made. */
    private record Simulated(double[] waits, int batches, double squares) {
        double mean() {
            return Arrays.stream(waits).average().orElseThrow();
        }

        double itemsSeen() {
            return squares / waits.length;
        }

        double itemsPerBatch() {
            return (double) waits.length / batches;
        }

        double quantile(double share) {
            return waits[(int) (share * waits.length)];
        }
    }

    private static double[] arrivals(double rate, long seed) {
        var random = new SplittableRandom(seed);
        var at = new double[REQUESTS];
        double now = 0;
        for (int i = 0; i < REQUESTS; i++) {
            now += -Math.log(1 - random.nextDouble()) / rate;
            at[i] = now;
        }
        return at;
    }

    private static Simulated fixed(double rate, double window, int most, long seed) {
        var at = arrivals(rate, seed);
        var waits = new double[REQUESTS];
        int batches = 0;
        double squares = 0;
        for (int first = 0; first < REQUESTS; ) {
            int end = first + 1;
            while (end < REQUESTS && end - first < most && at[end] < at[first] + window) {
                end++;
            }
            boolean full = end - first == most;
            double cut = full ? at[end - 1] : at[first] + window;
            for (int i = first; i < end; i++) {
                waits[i] = cut - at[i];
            }
            batches++;
            squares += (double) (end - first) * (end - first);
            first = end;
        }
        Arrays.sort(waits);
        return new Simulated(waits, batches, squares);
    }

    private static Simulated natural(double rate, double frame, double item, int most, long seed) {
        var at = arrivals(rate, seed);
        var waits = new double[REQUESTS];
        var queue = new ArrayDeque<Integer>();
        double free = 0;
        int batches = 0;
        double squares = 0;
        int next = 0;
        int done = 0;
        while (done < REQUESTS) {
            if (queue.isEmpty()) {
                free = Math.max(free, at[next]);
            }
            while (next < REQUESTS && at[next] <= free) {
                queue.add(next++);
            }
            int size = 0;
            while (size < most && !queue.isEmpty()) {
                int request = queue.remove();
                waits[request] = free - at[request];
                size++;
            }
            done += size;
            batches++;
            squares += (double) size * size;
            free += frame + size * item;
        }
        Arrays.sort(waits);
        return new Simulated(waits, batches, squares);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.002, 64",
        "1000, 0.002, 64",
        "5000, 0.002, 64",
        "100000, 0.002, 64",
        "3000, 0.005, 8",
        "800, 0.005, 2",
        "800, 0.005, 3",
        "20000, 0.001, 1"
    })
    void aFixedWindowIsForecastAsItIsSimulated(double rate, double window, int most) {
        var model = new FixedWindow(rate, window, most);
        var real = fixed(rate, window, most, 7);
        assertEquals(real.itemsPerBatch(), model.itemsPerBatch(), 0.01 * real.itemsPerBatch());
        assertEquals(real.itemsSeen(), model.itemsSeen(), 0.01 * real.itemsSeen());
        assertEquals(real.mean(), model.mean(), 0.01 * real.mean() + 1e-9);
        for (double share : new double[] {0.1, 0.5, 0.9, 0.99}) {
            double at = real.quantile(share);
            if (at > 0 && at < window * 0.999) {
                assertEquals(1 - share, model.longerThan(at), 0.01, "share " + share);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.000005, 0.000006, 64",
        "10000, 0.000020, 0.000010, 64",
        "40000, 0.000020, 0.000010, 64",
        "60000, 0.000020, 0.000010, 8",
        "1000, 0.000064, 0.000700, 64",
        "1200, 0.000064, 0.000700, 64"
    })
    void batchesThatGrowByThemselvesAreForecastAsTheyAreSimulated(
            double rate, double frame, double item, int most) {
        var model = new NaturalBatching(rate, frame, item, most);
        var real = natural(rate, frame, item, most, 11);
        assertEquals(real.itemsPerBatch(), model.itemsPerBatch(), 0.02 * real.itemsPerBatch());
        assertEquals(real.itemsSeen(), model.itemsSeen(), 0.03 * real.itemsSeen());
        assertEquals(real.mean(), model.mean(), 0.05 * real.mean() + 1e-9);
    }

    @Test
    void aTransportThatIsTooSlowIsSaidToBe() {
        assertTrue(new NaturalBatching(2_000, 1e-5, 7e-4, 64).saturated());
        assertTrue(!new NaturalBatching(1_000, 1e-5, 7e-4, 64).saturated());
    }

    @Test
    void aLoneCallerWaitsForTheWholeWindowAndGainsNothing() {
        var lone = new FixedWindow(1, 0.002, 64);
        assertEquals(0.002, lone.mean(), 1e-5);
        assertEquals(1.002, lone.itemsPerBatch(), 1e-4);
        assertEquals(0, new NaturalBatching(1, 1e-5, 1e-5, 64).mean(), 1e-8);
    }
}
