package io.batchmesh.ui.inspector;

import io.batchmesh.forecast.Forecast;
import io.batchmesh.forecast.LingerCurve;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.ui.Exact;
import io.batchmesh.ui.theme.Formats;
import io.batchmesh.ui.theme.PaletteRegion;
import io.batchmesh.ui.theme.Swatch;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Latency and items per batch over the linger, with the point that is drawn and the one that is
 * seen. Where the policy is a fixed window, its linger is chosen by dragging, or with the arrows.
 */
final class AheadChart extends Region {
    private static final double HEIGHT = 158;
    private static final double TOP = 16;
    private static final double UPPER = 78;
    private static final double GAP = 19;
    private static final double LOWER = 26;
    private static final double SIDE = 6;
    private static final double KEY_STEP = 1.1;

    private final Canvas canvas = new Canvas();
    private final PaletteRegion colours = new PaletteRegion();
    private final BiConsumer<Duration, Object> choose;
    private @Nullable Ahead ahead;
    private @Nullable Seen seen;
    private @Nullable Object step;
    private boolean dragged;

    /**
     * What is measured with the window that runs.
     *
     * @param linger seconds
     * @param p99 seconds
     * @param items per batch
     */
    record Seen(double linger, double p99, double items) {}

    /**
     * A chart.
     *
     * @param choose told a linger, and what is equal for all of one drag
     */
    AheadChart(BiConsumer<Duration, Object> choose) {
        this.choose = choose;
        setId("ahead-chart");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setAccessibleRole(AccessibleRole.SLIDER);
        getChildren().addAll(colours, canvas);
        colours.paletteProperty().subscribe(p -> draw());
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(e -> dragged = false);
        setOnKeyPressed(this::key);
        focusedProperty().subscribe(f -> draw());
    }

    boolean isDragged() {
        return dragged;
    }

    void show(Ahead ahead, @Nullable Seen seen) {
        this.ahead = ahead;
        this.seen = seen;
        boolean chosen = choosable();
        setCursor(chosen ? Cursor.H_RESIZE : Cursor.DEFAULT);
        setFocusTraversable(chosen);
        setAccessibleText(
                "linger %s, p99 %s, %s items per batch"
                        .formatted(
                                Exact.duration(ahead.question().window().linger()),
                                Formats.latency(ahead.comparison().chosen().p99()),
                                Formats.number(ahead.comparison().chosen().itemsPerBatch())));
        draw();
    }

    private boolean choosable() {
        return ahead != null && ahead.question().window().policy() == Policy.FIXED;
    }

    private void press(MouseEvent event) {
        requestFocus();
        step = new Object();
        dragged = choosable();
        drag(event);
    }

    private void drag(MouseEvent event) {
        if (ahead != null && step != null && dragged) {
            double share = (event.getX() - SIDE) / (getWidth() - 2 * SIDE);
            double seconds = Math.clamp(share, 0, 1) * ahead.curve().longest();
            choose.accept(round(seconds), step);
        }
    }

    private void key(KeyEvent event) {
        double factor =
                switch (event.getCode()) {
                    case LEFT, DOWN -> 1 / KEY_STEP;
                    case RIGHT, UP -> KEY_STEP;
                    default -> 0;
                };
        if (factor > 0 && ahead != null && choosable()) {
            double now = ahead.question().window().linger().toNanos() / 1e9;
            choose.accept(round(Math.max(now, 1e-4) * factor), new Object());
            event.consume();
        }
    }

    /** To a hundredth of the power of ten above, which is as exact as the hand is. */
    private static Duration round(double seconds) {
        double micros = seconds * 1e6;
        double unit = Math.max(10, Math.pow(10, Math.floor(Math.log10(Math.max(1, micros))) - 1));
        return Duration.ofNanos(Math.round(Math.round(micros / unit) * unit * 1e3));
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            draw();
        }
    }

    private void draw() {
        var pen = canvas.getGraphicsContext2D();
        pen.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        var now = ahead;
        if (now == null || canvas.getWidth() < 4 * SIDE) {
            return;
        }
        pen.setFont(Font.font("System", 11));
        pen.setTextBaseline(VPos.CENTER);
        double most = 0;
        for (var point : now.curve().points()) {
            most = Math.max(most, point.forecast().p99());
        }
        most = Math.max(most, Math.max(now.comparison().auto().p99(), seen == null ? 0 : seen.p99));
        var times = new Strip(TOP, UPPER, roundUp(most * 1.04), now.curve());
        double fullest = 1;
        for (var point : now.curve().points()) {
            fullest = Math.max(fullest, point.forecast().itemsPerBatch());
        }
        var items = new Strip(TOP + UPPER + GAP, LOWER, roundUp(fullest * 1.1), now.curve());
        ground(pen, times, "latency, 0 – " + Formats.latency(times.top), now);
        ground(pen, items, "items per batch, 0 – " + Formats.number(items.top), now);
        names(pen, times.y - 8);
        level(pen, times, now.comparison().auto().p99());
        curve(pen, times, Forecast::p50, Swatch.MUTED);
        curve(pen, times, Forecast::p99, Swatch.ACCENT);
        curve(pen, items, Forecast::itemsPerBatch, Swatch.TEXT);
        axis(pen, now);
        points(pen, times, items, now);
    }

    /** A stretch of the chart with one scale. */
    private record Strip(double y, double height, double top, LingerCurve curve) {
        double at(double value) {
            return y + height * (1 - Math.min(1, value / top));
        }
    }

    private double x(double linger, LingerCurve curve) {
        return SIDE + (canvas.getWidth() - 2 * SIDE) * Math.min(1, linger / curve.longest());
    }

    private void ground(GraphicsContext pen, Strip strip, String title, Ahead now) {
        pen.setFill(colours.palette().of(Swatch.RAISED));
        pen.fillRoundRect(SIDE, strip.y, canvas.getWidth() - 2 * SIDE, strip.height, 5, 5);
        pen.setStroke(colours.palette().of(Swatch.GRID));
        pen.setLineWidth(1);
        for (int i = 1; i < 4; i++) {
            double x = Math.round(x(now.curve().longest() * i / 4, now.curve())) + 0.5;
            pen.strokeLine(x, strip.y, x, strip.y + strip.height);
        }
        pen.setFill(colours.palette().of(Swatch.MUTED));
        pen.setTextAlign(TextAlignment.LEFT);
        pen.fillText(title, SIDE, strip.y - 8);
    }

    private void level(GraphicsContext pen, Strip strip, double value) {
        double y = strip.at(value);
        pen.setStroke(colours.palette().of(Swatch.OK));
        pen.setLineWidth(1.2);
        pen.setLineDashes(4, 3);
        pen.strokeLine(SIDE, y, canvas.getWidth() - SIDE, y);
        pen.setLineDashes();
    }

    /** The names of the lines, in their colours, from the right. */
    private void names(GraphicsContext pen, double y) {
        pen.setTextAlign(TextAlignment.RIGHT);
        double x = canvas.getWidth() - SIDE;
        for (var name : List.of(Swatch.OK, Swatch.MUTED, Swatch.ACCENT)) {
            pen.setFill(colours.palette().of(name));
            pen.fillText(
                    name == Swatch.OK ? "- - p99 of auto" : name == Swatch.MUTED ? "p50" : "p99",
                    x,
                    y);
            x -= name == Swatch.OK ? 92 : 30;
        }
    }

    private static double roundUp(double value) {
        return Ahead.roundUp(value, 1, 1.5, 2, 3, 4, 5, 6, 8);
    }

    private void curve(
            GraphicsContext pen, Strip strip, ToDoubleFunction<Forecast> value, Swatch colour) {
        pen.setStroke(colours.palette().of(colour));
        pen.setLineWidth(1.8);
        pen.beginPath();
        for (var point : strip.curve.points()) {
            double x = x(point.linger(), strip.curve);
            double y = strip.at(value.applyAsDouble(point.forecast()));
            if (point.linger() == 0) {
                pen.moveTo(x, y);
            } else {
                pen.lineTo(x, y);
            }
        }
        pen.stroke();
    }

    private void axis(GraphicsContext pen, Ahead now) {
        double y = HEIGHT - 7;
        double longest = now.curve().longest();
        pen.setFill(colours.palette().of(Swatch.FAINT));
        pen.setTextAlign(TextAlignment.LEFT);
        pen.fillText("0", SIDE, y);
        pen.setTextAlign(TextAlignment.CENTER);
        pen.fillText("linger", canvas.getWidth() / 2, y);
        pen.setTextAlign(TextAlignment.RIGHT);
        pen.fillText(Formats.latency(longest), canvas.getWidth() - SIDE, y);
    }

    private void points(GraphicsContext pen, Strip times, Strip items, Ahead now) {
        var chosen = now.comparison().chosen();
        double x = x(linger(now), now.curve());
        pen.setStroke(colours.palette().of(isFocused() ? Swatch.TEXT : Swatch.ACCENT));
        pen.setLineWidth(1);
        pen.strokeLine(x, times.y, x, items.y + items.height);
        if (seen != null) {
            double at = x(seen.linger, now.curve());
            ring(pen, at, times.at(seen.p99));
            ring(pen, at, items.at(seen.items));
        }
        dot(pen, x, times.at(chosen.p99()), Swatch.ACCENT);
        dot(pen, x, times.at(chosen.p50()), Swatch.MUTED);
        dot(pen, x, items.at(chosen.itemsPerBatch()), Swatch.TEXT);
    }

    /** Where the drawn window stands: what waits for nothing stands at the left. */
    private static double linger(Ahead now) {
        return switch (now.question().window().policy()) {
            case OFF, AUTO -> 0;
            case FIXED, TARGET_P99 -> now.comparison().chosen().linger();
        };
    }

    private void dot(GraphicsContext pen, double x, double y, Swatch colour) {
        pen.setFill(colours.palette().of(colour));
        pen.fillOval(x - 4, y - 4, 8, 8);
    }

    /** What is seen is hollow, so that it is told from what is foretold without colours. */
    private void ring(GraphicsContext pen, double x, double y) {
        if (!Double.isNaN(y)) {
            pen.setStroke(colours.palette().of(Swatch.TEXT));
            pen.setLineWidth(1.6);
            pen.strokeOval(x - 4, y - 4, 8, 8);
        }
    }
}
