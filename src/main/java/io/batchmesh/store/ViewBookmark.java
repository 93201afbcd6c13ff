package io.batchmesh.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks at, so that a colleague can look at it too: never the numbers themselves.
 *
 * @param topology the name of the drawing
 * @param services the selected ones
 * @param links the selected ones, {@code from->to}
 * @param tab of the dock, empty for whichever is shown
 * @param filter words of the tab's table, empty for none
 * @param canvas which part of the drawing, null for all of it
 * @param time which time
 */
public record ViewBookmark(
        String topology,
        List<String> services,
        List<String> links,
        String tab,
        String filter,
        @Nullable Canvas canvas,
        Time time) {
    public ViewBookmark {
        services = List.copyOf(services);
        links = List.copyOf(links);
    }

    /**
     * A part of the drawing.
     *
     * @param x of the middle, in drawing units
     * @param y of the middle
     * @param scale pixels for a drawing unit
     */
    public record Canvas(double x, double y, double scale) {}

    /**
     * Which time is shown.
     *
     * @param at the moment at the right edge, null for now
     * @param length how much, null for as much as fits
     * @param comparedWith how much earlier the period is that it is compared with, null for none
     * @param comparison what that is called, empty for none
     * @param recording the name of the recording that it is of, empty for what was seen live
     */
    public record Time(
            @Nullable Instant at,
            @Nullable Duration length,
            @Nullable Duration comparedWith,
            String comparison,
            String recording) {
        /** Now, as much as fits. */
        public static final Time NOW = new Time(null, null, null, "", "");
    }
}
