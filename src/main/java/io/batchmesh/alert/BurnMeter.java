package io.batchmesh.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * How many of the requests of one thing failed over the last six hours, by cells of fifteen
 * seconds: some 12 KB. What was not seen counts neither way.
 */
final class BurnMeter {
    private static final long CELL_MILLIS = 15_000;
    private static final int CELLS = (int) (Duration.ofHours(6).toMillis() / CELL_MILLIS);

    private final float[] requests = new float[CELLS];
    private final float[] errors = new float[CELLS];
    private long cell = Long.MIN_VALUE;

    BurnMeter() {
        Arrays.fill(requests, Float.NaN);
    }

    /**
     * Takes what was seen for some time until now.
     *
     * @param requestsPerSecond all of them
     * @param errorsPerSecond those that failed
     */
    void add(Instant now, Duration lasted, double requestsPerSecond, double errorsPerSecond) {
        go(now);
        if (Double.isNaN(requestsPerSecond)) {
            return;
        }
        int at = place(cell);
        double seconds = lasted.toMillis() / 1000.0;
        float before = Float.isNaN(requests[at]) ? 0 : requests[at];
        requests[at] = (float) (before + requestsPerSecond * seconds);
        double failed = Double.isNaN(errorsPerSecond) ? 0 : errorsPerSecond;
        errors[at] = (float) (errors[at] + failed * seconds);
    }

    private void go(Instant now) {
        long next = Math.floorDiv(now.toEpochMilli(), CELL_MILLIS);
        if (cell == Long.MIN_VALUE || next - cell >= CELLS || next < cell - CELLS) {
            Arrays.fill(requests, Float.NaN);
            Arrays.fill(errors, 0);
            cell = next;
        }
        while (cell < next) {
            cell++;
            requests[place(cell)] = Float.NaN;
            errors[place(cell)] = 0;
        }
    }

    private static int place(long cell) {
        return (int) Math.floorMod(cell, (long) CELLS);
    }

    /** Failed among all requests over a window, {@code NaN} without requests. */
    double share(Duration window) {
        double all = 0;
        double failed = 0;
        for (int i = 0; i < cells(window); i++) {
            int at = place(cell - i);
            if (!Float.isNaN(requests[at])) {
                all += requests[at];
                failed += errors[at];
            }
        }
        return all > 0 ? failed / all : Double.NaN;
    }

    /** Of how much of a window something is known, 0 to 1. */
    double known(Duration window) {
        int known = 0;
        int cells = cells(window);
        for (int i = 0; i < cells; i++) {
            known += Float.isNaN(requests[place(cell - i)]) ? 0 : 1;
        }
        return known / (double) cells;
    }

    private static int cells(Duration window) {
        return Math.clamp(window.toMillis() / CELL_MILLIS, 1, CELLS);
    }
}
