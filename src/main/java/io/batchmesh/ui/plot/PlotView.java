package io.batchmesh.ui.plot;

import io.batchmesh.metrics.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the frame of a plot asks of what is in it. Positions run from 0 to 1, from bottom to top.
 */
interface PlotView {

    /** The stretch of time shown, {@code null} as long as there was no data. */
    @Nullable TimeWindow window();

    List<Mark> marks();

    /** Whether there is nothing to draw. */
    boolean empty();

    /** The age of the last known value, {@code NaN} if there is none. */
    double secondsSinceLast();

    /**
     * Chooses its scales for a size; asked before all below.
     *
     * @param width logical pixels
     * @param height logical pixels
     */
    void fit(double width, double height);

    Picture picture();

    /** The labels of the y axis. */
    List<YLabel> yLabels();

    /** Room for the labels of the y axis, logical pixels. */
    double yLabelWidth();

    /** The range of the y axis with its unit, for when there is no room for the axis. */
    String rangeText();

    /**
     * The values at a moment.
     *
     * @param secondsBefore now
     * @param height where the mouse is, {@code NaN} if it is not there
     */
    Reading reading(double secondsBefore, double height);

    List<Legend.Entry> legend();

    /** What stands opposite the title: the unit of the axis. */
    String unitText();

    /** What stands opposite the title when there is no room for an axis: the value now. */
    String valueText();

    /** What is shown as comma-separated values; empty as long as there was no data. */
    String csv();

    /** The values now, as part of a sentence. */
    String describe();

    /** A label of the y axis. */
    record YLabel(double position, String text) {}
}
