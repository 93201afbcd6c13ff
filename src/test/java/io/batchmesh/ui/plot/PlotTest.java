package io.batchmesh.ui.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.theme.Palette;
import io.batchmesh.ui.theme.Swatch;
import io.batchmesh.ui.theme.Theme;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.PixelReader;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlotTest {
    private static final double WIDTH = 400;
    private static final double HEIGHT = 240;

    @ParameterizedTest
    @EnumSource(Theme.class)
    void stages_stand_one_on_the_other_in_their_colours(Theme theme) {
        Palette palette = FxToolkitThread.call(theme::palette);
        Picture seen = picture(theme, () -> stages(SampleSeries.stages(i -> 1)));

        List<Color> stages = palette.stages();
        double[] middles = {0.5, 2, 4.5, 8, 12.5};
        for (int stage = 0; stage < 5; stage++) {
            assertEquals(stages.get(stage), seen.at(0.3, middles[stage] / 20), "stage " + stage);
        }
        assertEquals(palette.ground(), seen.at(0.3, 0.9));
    }

    @Test
    void a_gap_is_ground_and_not_zero() {
        Palette palette = FxToolkitThread.call(Theme.DARK::palette);
        Picture seen =
                picture(
                        Theme.DARK,
                        () ->
                                stages(
                                        SampleSeries.stages(
                                                i -> i > 100 && i < 140 ? Double.NaN : 1)));

        assertEquals(palette.ground(), seen.at(0.4, 0.02));
        assertEquals(palette.of(Swatch.COLLECT), seen.at(0.3, 0.02));
        assertEquals(palette.of(Swatch.COLLECT), seen.at(0.6, 0.02));
    }

    @Test
    void a_line_has_a_gap_where_nothing_was_seen() {
        Palette palette = FxToolkitThread.call(Theme.DARK::palette);
        Picture seen = picture(Theme.DARK, () -> line(i -> i > 100 && i < 140 ? Double.NaN : 50));

        assertFalse(seen.hasInColumn(0.4, palette.accent()));
        assertTrue(seen.hasInColumn(0.3, palette.accent()));
    }

    @Test
    void a_plot_is_painted_in_the_layout_of_a_scene_that_no_window_shows() {
        Palette palette = FxToolkitThread.call(Theme.DARK::palette);
        boolean painted =
                FxToolkitThread.call(() -> {
                    Theme.DARK.apply();
                    LinePlot plot = line(i -> 50);
                    Scene scene = new Scene(new StackPane(plot), WIDTH, HEIGHT);
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    plot.show(data(i -> Double.NaN));
                    plot.show(data(i -> 50));
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    return new Picture(scene, plot).hasInColumn(0.3, palette.accent());
                });

        assertTrue(painted);
    }

    @Test
    void a_plot_takes_its_colours_from_the_theme_of_the_moment() {
        Color[] grounds =
                FxToolkitThread.call(() -> {
                    Theme.DARK.apply();
                    StackedAreaPlot plot = stages(SampleSeries.stages(i -> 1));
                    Scene scene = new Scene(new StackPane(plot), WIDTH, HEIGHT);
                    Color dark = new Picture(scene, plot).at(0.3, 0.1);
                    Theme.LIGHT.apply();
                    Color light = new Picture(scene, plot).at(0.3, 0.1);
                    return new Color[] {dark, light};
                });

        assertEquals(Color.web("#b9c4ff"), grounds[0]);
        assertEquals(Color.web("#7b86e6"), grounds[1]);
    }

    @Test
    void what_cannot_be_seen_is_painted_once_it_can() {
        boolean[] painted =
                FxToolkitThread.call(() -> {
                    Palette palette = Theme.DARK.palette();
                    Theme.DARK.apply();
                    LinePlot plot = line(i -> Double.NaN);
                    StackPane tab = new StackPane(plot);
                    Scene scene = new Scene(new StackPane(tab), WIDTH, HEIGHT);
                    new Picture(scene, plot);
                    tab.setVisible(false);
                    plot.show(data(i -> 50));
                    boolean hidden = new Picture(scene, plot).empty();
                    tab.setVisible(true);
                    boolean line = new Picture(scene, plot).hasInColumn(0.3, palette.accent());
                    return new boolean[] {hidden, line};
                });

        assertTrue(painted[0]);
        assertTrue(painted[1]);
    }

    @Test
    void without_data_it_says_so_in_words() {
        String said =
                FxToolkitThread.call(() -> {
                    StackedAreaPlot plot = stages(SampleSeries.stages(i -> Double.NaN));
                    plot.setEmptyText("no batched traffic yet");
                    new Picture(new Scene(new StackPane(plot), WIDTH, HEIGHT), plot);
                    Node words = plot.lookup(".bm-plot-empty");
                    assertTrue(words.isVisible());
                    return ((Label) words).getText() + "|" + plot.describe();
                });

        assertEquals("no batched traffic yet|Stages: no batched traffic yet.", said);
    }

    @Test
    void a_screen_reader_hears_the_values_of_now() {
        Object said =
                FxToolkitThread.call(() ->
                        stages(SampleSeries.stages(i -> 1))
                                .queryAccessibleAttribute(AccessibleAttribute.TEXT));

        assertEquals(
                "Stages: collect 1.0 ms, combine 2.0 ms, cache 3.0 ms, compress 4.0 ms, send 5.0 ms,"
                        + " measured 16 ms.",
                said);
    }

    @Test
    void the_cursor_reads_out_the_values_of_its_moment() {
        List<String> read =
                FxToolkitThread.call(() -> {
                    StackedAreaPlot plot = stages(SampleSeries.stages(i -> i < 200 ? 1 : 2));
                    new Picture(new Scene(new StackPane(plot), WIDTH, HEIGHT), plot);
                    plot.readAtProperty().set(150);
                    return plot.lookupAll(".bm-plot-readout .label").stream()
                            .map(node -> ((Label) node).getText().strip())
                            .toList();
                });

        assertEquals("2:30 min ago", read.getFirst());
        assertEquals(List.of("send", "5.0 ms"), read.subList(1, 3));
        assertEquals(List.of("together", "15 ms", "measured", "16 ms"), read.subList(11, 15));
    }

    @Test
    void the_legend_says_what_the_stages_do_not_explain() {
        boolean said =
                FxToolkitThread.call(() -> {
                    StackedAreaPlot plot = stages(SampleSeries.stages(i -> 1));
                    new Picture(new Scene(new StackPane(plot), WIDTH, HEIGHT), plot);
                    return plot.lookupAll(".bm-plot-legend .label").stream()
                            .anyMatch(node ->
                                    ((Label) node).getText().equals("measured, 6.3 % unexplained"));
                });

        assertTrue(said);
    }

    @Test
    void old_values_say_how_old_they_are() {
        String stale =
                FxToolkitThread.call(() -> {
                    LinePlot plot = line(i -> i < 264 ? 50 : Double.NaN);
                    new Picture(new Scene(new StackPane(plot), WIDTH, HEIGHT), plot);
                    return ((Label) plot.lookup(".bm-plot-stale")).getText();
                });

        assertEquals("36 s ago", stale);
    }

    @Test
    void flush_reasons_share_the_whole_height() {
        Palette palette = FxToolkitThread.call(Theme.DARK::palette);
        Picture seen =
                picture(
                        Theme.DARK,
                        () -> {
                            BarSharePlot plot = new BarSharePlot("Why");
                            plot.show(
                                    new PlotData(
                                            SampleSeries.WINDOW,
                                            List.of(
                                                    Curve.of(
                                                            FlushReason.IDLE,
                                                            SampleSeries.of(i -> 30)),
                                                    Curve.of(
                                                            FlushReason.LINGER,
                                                            SampleSeries.of(i -> 70)))));
                            return plot;
                        });

        assertTrue(seen.hasInRow(0.15, palette.of(Swatch.COLLECT)));
        assertFalse(seen.hasInRow(0.35, palette.of(Swatch.COLLECT)));
        assertTrue(seen.hasInRow(0.35, palette.of(Swatch.COMPRESS)));
        assertTrue(seen.hasInRow(0.97, palette.of(Swatch.COMPRESS)));
    }

    @Test
    void a_heat_map_is_warm_where_the_requests_are() {
        Palette palette = FxToolkitThread.call(Theme.DARK::palette);
        Picture seen =
                picture(
                        Theme.DARK,
                        () -> {
                            HeatMapPlot plot = new HeatMapPlot("Heat");
                            plot.show(SampleSeries.heat());
                            return plot;
                        });

        assertTrue(seen.hasInRow(0.47, palette.accent()));
        assertFalse(seen.hasInRow(0.1, palette.accent()));
        assertFalse(seen.hasInRow(0.9, palette.accent()));
    }

    @Test
    void a_compact_plot_has_its_value_beside_its_title_and_no_legend() {
        String unit =
                FxToolkitThread.call(() -> {
                    StackedAreaPlot plot = stages(SampleSeries.stages(i -> 1));
                    plot.compactProperty().set(true);
                    new Picture(new Scene(new StackPane(plot), 200, 110), plot);
                    assertFalse(plot.lookup(".bm-plot-legend").isVisible());
                    return ((Label) plot.lookup(".bm-plot-unit")).getText();
                });

        assertEquals("15 ms", unit);
    }

    @Test
    void sizes_too_small_to_draw_do_no_harm() {
        for (double side : new double[] {0, 1, 5, 20, 60}) {
            Scene scene =
                    FxToolkitThread.call(() -> {
                        StackedAreaPlot plot = stages(SampleSeries.stages(i -> 1));
                        plot.setMinSize(0, 0);
                        plot.setMaxSize(side, side);
                        Scene made = new Scene(new StackPane(plot), 100, 100);
                        made.snapshot(null);
                        return made;
                    });
            assertNotEquals(null, scene);
        }
    }

    private static StackedAreaPlot stages(PlotData data) {
        StackedAreaPlot plot = new StackedAreaPlot("Stages", Measure.LATENCY);
        plot.show(data);
        return plot;
    }

    private static LinePlot line(IntToDoubleFunction value) {
        LinePlot plot = new LinePlot("Rate", LinePlot.Scales.ONE);
        plot.show(data(value));
        return plot;
    }

    private static PlotData data(IntToDoubleFunction value) {
        Curve curve = new Curve("items", Swatch.ACCENT, Measure.RATE, SampleSeries.of(value));
        return new PlotData(SampleSeries.WINDOW, List.of(curve));
    }

    private static Picture picture(Theme theme, Supplier<Plot> plot) {
        return FxToolkitThread.call(() -> {
            theme.apply();
            Plot made = plot.get();
            return new Picture(new Scene(new StackPane(made), WIDTH, HEIGHT), made);
        });
    }

    /** What a scene shows, addressed by the place inside the frame of the plot. */
    private static final class Picture {
        private final PixelReader pixels;
        private final double left;
        private final double bottom;
        private final double width;
        private final double height;
        private final boolean empty;

        private Picture(Scene scene, Plot plot) {
            pixels = scene.snapshot(null).getPixelReader();
            Node area = plot.lookup(".bm-plot-area");
            var bounds = area.localToScene(area.getLayoutBounds());
            left = bounds.getMinX();
            bottom = bounds.getMaxY();
            width = bounds.getWidth();
            height = bounds.getHeight();
            empty = plot.lookup(".bm-plot-empty").isVisible();
        }

        private boolean empty() {
            return empty;
        }

        private Color at(double x, double y) {
            return pixels.getColor((int) (left + x * width), (int) (bottom - 1 - y * height));
        }

        private boolean hasInColumn(double x, Color color) {
            for (double y = 0.02; y < 0.98; y += 0.5 / height) {
                if (near(at(x, y), color)) {
                    return true;
                }
            }
            return false;
        }

        /** Looks left of the mark, which is in the middle. */
        private boolean hasInRow(double y, Color color) {
            for (double x = 0.02; x < 0.45; x += 0.5 / width) {
                if (near(at(x, y), color)) {
                    return true;
                }
            }
            return false;
        }

        /** A thin line may lie between two rows of pixels and fill neither. */
        private static boolean near(Color seen, Color wanted) {
            return Math.abs(seen.getRed() - wanted.getRed()) < 0.15
                    && Math.abs(seen.getGreen() - wanted.getGreen()) < 0.15
                    && Math.abs(seen.getBlue() - wanted.getBlue()) < 0.15;
        }
    }
}
