package io.batchmesh.ui.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

class PlotMouseTest {
    private final List<String> done = new ArrayList<>();

    /** Says what is asked of it, in seconds before the right edge. */
    private final class Told implements TimeGestures {
        private String ago(long millis) {
            return Math.round((SampleSeries.NOW - millis) / 1e3) + " s";
        }

        @Override
        public void zoomTo(long fromMillis, long toMillis) {
            done.add("zoom " + ago(fromMillis) + " to " + ago(toMillis));
        }

        @Override
        public void zoom(double factor, long aroundMillis) {
            done.add("zoom by " + (factor > 1 ? "more" : "less") + " at " + ago(aroundMillis));
        }

        @Override
        public void pan(long millis) {
            done.add("pan " + Math.round(millis / 1e3) + " s");
        }

        @Override
        public void live() {
            done.add("live");
        }

        @Override
        public void copy(Plot plot) {
            done.add("copy " + plot.title());
        }

        @Override
        public void trace(Plot plot, TraceSample trace, double screenX, double screenY) {
            done.add("trace " + trace.traceId());
        }

        @Override
        public void menu(Plot plot, long atMillis, double screenX, double screenY) {
            done.add("menu at " + ago(atMillis));
        }
    }

    /** A place of the plot's frame, and what is done there. */
    private record Hand(Node frame, Bounds area, Plot plot) {
        private void fire(EventType<MouseEvent> type, double part, int clicks, boolean shift) {
            double x = area.getMinX() + part * area.getWidth();
            double y = area.getCenterY();
            boolean down = type != MouseEvent.MOUSE_RELEASED;
            frame.fireEvent(
                    new MouseEvent(
                            type,
                            x,
                            y,
                            x,
                            y,
                            MouseButton.PRIMARY,
                            clicks,
                            shift,
                            false,
                            false,
                            false,
                            down,
                            false,
                            false,
                            true,
                            false,
                            false,
                            null));
        }

        void drag(double from, double to, boolean shift) {
            fire(MouseEvent.MOUSE_PRESSED, from, 1, shift);
            fire(MouseEvent.MOUSE_DRAGGED, to, 1, shift);
            fire(MouseEvent.MOUSE_RELEASED, to, 1, shift);
        }

        void key(KeyCode code, boolean shift, boolean control) {
            plot.fireEvent(
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, false));
        }
    }

    private List<String> by(Consumer<Hand> hand) {
        return FxToolkitThread.call(() -> {
            var plot = new LinePlot("Rate", LinePlot.Scales.ONE);
            var curve = new Curve("items", Swatch.ACCENT, Measure.RATE, SampleSeries.of(i -> 50));
            plot.show(new PlotData(SampleSeries.WINDOW, List.of(curve)));
            plot.setGestures(new Told());
            new Scene(new StackPane(plot), 400, 240).snapshot(null);
            var area = plot.lookup(".bm-plot-area");
            hand.accept(new Hand(area.getParent(), area.getBoundsInParent(), plot));
            return done;
        });
    }

    @Test
    void aBrushZoomsToItsStretchWhicheverWayItIsDrawn() {
        assertEquals(
                List.of("zoom 240 s to 60 s", "zoom 240 s to 60 s"),
                by(hand -> {
                    hand.drag(0.2, 0.8, false);
                    hand.drag(0.8, 0.2, false);
                }));
    }

    @Test
    void aBrushEndsAtTheEdge() {
        assertEquals(List.of("zoom 150 s to 0 s"), by(hand -> hand.drag(0.5, 1.7, false)));
    }

    @Test
    void aClickIsNoBrush() {
        assertEquals(List.of(), by(hand -> hand.drag(0.5, 0.505, false)));
    }

    @Test
    void withShiftTheTimeIsMoved() {
        assertEquals(List.of("pan -30 s"), by(hand -> hand.drag(0.5, 0.6, true)));
    }

    @Test
    void aDoubleClickGoesBackToNow() {
        assertEquals(
                List.of("live"), by(hand -> hand.fire(MouseEvent.MOUSE_PRESSED, 0.5, 2, false)));
    }

    @Test
    void allOfItIsThereForTheKeysToo() {
        assertEquals(
                List.of(
                        "zoom by less at 0 s",
                        "zoom by more at 0 s",
                        "pan -75 s",
                        "pan 75 s",
                        "live",
                        "copy Rate"),
                by(hand -> {
                    hand.key(KeyCode.PLUS, false, false);
                    hand.key(KeyCode.MINUS, false, false);
                    hand.key(KeyCode.LEFT, true, false);
                    hand.key(KeyCode.RIGHT, true, false);
                    hand.key(KeyCode.END, false, false);
                    hand.key(KeyCode.C, false, true);
                }));
    }

    private static MouseEvent click(double x, double y) {
        return new MouseEvent(
                MouseEvent.MOUSE_CLICKED,
                x,
                y,
                x,
                y,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                true,
                false,
                true,
                null);
    }

    @Test
    void aClickOnATraceOfTheHeatMapOffersIt() {
        var window = SampleSeries.WINDOW;
        long middle = window.nowMillis() - window.length().toMillis() / 2;
        var histogram =
                HistogramSnapshot.of(
                        new double[] {0.001, 0.01, 0.1, Double.POSITIVE_INFINITY},
                        new double[] {0, 50, 100, 100},
                        2);
        var column = new HeatData.Column(middle, histogram);
        var trace = new TraceSample(0.01, "a".repeat(32), middle);
        var late = new TraceSample(0.01, "b".repeat(32), window.nowMillis() + 9_000_000);
        FxToolkitThread.call(() -> {
            var plot = new HeatMapPlot("Latency");
            plot.show(new HeatData(window, List.of(column), List.of(), List.of(trace, late)));
            plot.setGestures(new Told());
            new Scene(new StackPane(plot), 400, 240).snapshot(null);
            var area = plot.lookup(".bm-plot-area");
            var at = area.localToScene(area.getBoundsInLocal());
            for (double part = 0.02; part < 1; part += 0.02) {
                double y = at.getMinY() + part * at.getHeight();
                plot.fireEvent(click(at.getCenterX(), y));
                plot.fireEvent(click(at.getMinX() + 12, y));
            }
            return "";
        });
        assertEquals(List.of("trace " + "a".repeat(32)), done.stream().distinct().toList());
    }
}
