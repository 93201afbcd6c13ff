package io.batchmesh.ui.plot;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.Series;
import io.batchmesh.metrics.Stage;
import io.batchmesh.ui.theme.Swatch;

/**
 * One line, layer or share of a plot.
 *
 * @param name what the legend calls it
 * @param color its colour, which the theme knows
 * @param measure what its values are, in base units
 * @param series its values over time; {@code NaN} is a gap
 * @param stroke how it is drawn
 */
public record Curve(String name, Swatch color, Measure measure, Series series, Stroke stroke) {

    /** How a curve is drawn. In a stack, what is dotted is not a layer but a line over all. */
    public enum Stroke {
        SOLID,
        DOTTED,
        /** Thin and pale: the same in another period. */
        GHOST
    }

    /** A solid one. */
    public Curve(String name, Swatch color, Measure measure, Series series) {
        this(name, color, measure, series, Stroke.SOLID);
    }

    /** A stage, in the colour that this stage always has. */
    public static Curve of(Stage stage, Measure measure, Series series) {
        return new Curve(stage.label(), colorOf(stage), measure, series);
    }

    /** Batches per second that were cut for this reason. */
    public static Curve of(FlushReason reason, Series series) {
        return new Curve(reason.label(), colorOf(reason), Measure.RATE, series);
    }

    /** What was measured as a whole: a dotted line over the layers that should explain it. */
    public static Curve whole(String name, Measure measure, Series series) {
        return new Curve(name, Swatch.TEXT, measure, series, Stroke.DOTTED);
    }

    /** The same as a dotted line. */
    public Curve dottedOne() {
        return new Curve(name, color, measure, series, Stroke.DOTTED);
    }

    /** What it was in a period that was earlier by so much, drawn over the one that is shown. */
    public Curve ghost(long earlierMillis) {
        return new Curve(name, color, measure, series.later(earlierMillis), Stroke.GHOST);
    }

    boolean ghostly() {
        return stroke == Stroke.GHOST;
    }

    public static Swatch colorOf(Stage stage) {
        return switch (stage) {
            case COLLECT -> Swatch.COLLECT;
            case COMBINE -> Swatch.COMBINE;
            case CACHE -> Swatch.CACHE;
            case COMPRESS -> Swatch.COMPRESS;
            case SEND -> Swatch.SEND;
        };
    }

    public static Swatch colorOf(FlushReason reason) {
        return switch (reason) {
            case IDLE -> Swatch.COLLECT;
            case SIZE -> Swatch.COMBINE;
            case BYTES -> Swatch.CACHE;
            case LINGER -> Swatch.COMPRESS;
            case DEADLINE -> Swatch.ERROR;
            case DRAIN -> Swatch.FAINT;
        };
    }

    boolean dotted() {
        return stroke == Stroke.DOTTED;
    }
}
