package io.batchmesh.ui.plot;

import java.util.Locale;

/** Words for moments before now that do not get longer and shorter as the cursor moves. */
final class Ago {
    private static final double SECONDS_UNTIL = 120;

    private Ago() {}

    static String worded(double seconds) {
        if (Math.round(seconds) == 0) {
            return "now";
        }
        boolean recent = seconds < SECONDS_UNTIL;
        return number(seconds, recent) + unit(recent);
    }

    static String span(double from, double to) {
        boolean recent = from < SECONDS_UNTIL;
        return number(from, recent) + " – " + number(to, recent) + unit(recent);
    }

    private static String number(double seconds, boolean recent) {
        long whole = Math.round(seconds);
        return recent
                ? Long.toString(whole)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    private static String unit(boolean recent) {
        return recent ? " s ago" : " min ago";
    }
}
