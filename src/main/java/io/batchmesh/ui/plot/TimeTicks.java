package io.batchmesh.ui.plot;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Where the time axis has labels, and what they say: from "−5 min" to "now". */
final class TimeTicks {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int[] STEPS = {
        1,
        2,
        5,
        10,
        15,
        30,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        6 * HOUR,
        12 * HOUR,
        24 * HOUR
    };

    private TimeTicks() {}

    /**
     * One label.
     *
     * @param position 0 at the left edge, 1 now
     */
    record Tick(double position, String label) {}

    /**
     * The labels for a window.
     *
     * @param atMost how many have room, at least 2
     */
    static List<Tick> of(double seconds, int atMost) {
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, "−" + number(seconds, seconds) + " " + unitName(seconds)));
        if (atMost > 2) {
            int step = step(seconds, atMost);
            for (double back = firstInside(seconds, step); back > step * 0.25; back -= step) {
                ticks.add(new Tick(1 - back / seconds, "−" + number(back, seconds)));
            }
        }
        ticks.add(new Tick(1, "now"));
        return ticks;
    }

    /** The labels for a window: those of the clock where it does not end now. */
    static List<Tick> of(TimeWindow window, int atMost) {
        return window.live() ? of(window.seconds(), atMost) : clock(window, atMost);
    }

    /** Both ends, and round times of day between them, in the zone of the machine. */
    private static List<Tick> clock(TimeWindow window, int atMost) {
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, TimeWindow.clock(window.startMillis())));
        // These are wide: each takes the room of two.
        int between = atMost / 2 - 2;
        if (between > 0) {
            long step = step(window.seconds(), between + 2) * 1000L;
            long offset = offset(window);
            long first = Math.ceilDiv(window.startMillis() + offset, step) * step - offset;
            double margin = 2.0 / atMost;
            int shown = step % (MINUTE * 1000L) == 0 ? 5 : 8;
            for (long at = first; at < window.nowMillis(); at += step) {
                double position = window.position(at);
                if (position > margin && position < 1 - margin) {
                    ticks.add(new Tick(position, TimeWindow.clock(at).substring(0, shown)));
                }
            }
        }
        ticks.add(new Tick(1, TimeWindow.clock(window.nowMillis())));
        return ticks;
    }

    /** How far local time is before that of Greenwich, in milliseconds. */
    private static long offset(TimeWindow window) {
        Instant at = Instant.ofEpochMilli(window.nowMillis());
        return ZoneId.systemDefault().getRules().getOffset(at).getTotalSeconds() * 1000L;
    }

    /** The stretch of one bar so that they are at least so many seconds long. */
    static int barSeconds(double atLeast) {
        for (int step : STEPS) {
            if (step >= atLeast) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    private static double firstInside(double seconds, int step) {
        double first = Math.floor(seconds / step) * step;
        return seconds - first < step * 0.75 ? first - step : first;
    }

    private static int step(double seconds, int atMost) {
        return barSeconds(seconds / (atMost - 1.0));
    }

    private static String number(double back, double seconds) {
        double shown = back / unit(seconds);
        return shown == Math.rint(shown)
                ? Long.toString(Math.round(shown))
                : Double.toString(Math.round(shown * 10) / 10.0);
    }

    private static int unit(double seconds) {
        return seconds < 2 * MINUTE ? 1 : seconds < 2 * HOUR ? MINUTE : HOUR;
    }

    private static String unitName(double seconds) {
        return seconds < 2 * MINUTE ? "s" : seconds < 2 * HOUR ? "min" : "h";
    }
}
