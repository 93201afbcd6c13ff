package io.batchmesh.ui.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RasterTest {
    private static final int WHITE = 0xffffffff;
    private static final int SIDE = 100;

    private final Raster raster = new Raster(SIDE, SIDE);

    @ParameterizedTest(name = "from {0},{1} to {2},{3}, {4} wide")
    @CsvSource({
        "10, 50, 90, 50, 2",
        "50, 10, 50, 90, 2",
        "10, 10, 90, 90, 1.7",
        "10, 20, 90, 45, 1.7",
        "20, 10, 45, 90, 3",
        "90, 45, 10, 20, 1.2",
        "30.3, 30.7, 60.1, 61.9, 1"
    })
    void a_segment_covers_its_length_times_its_width(
            double x0, double y0, double x1, double y1, double wide) {
        raster.mask().segment(x0, y0, x1, y1, wide / 2);
        raster.paint(WHITE);

        double length = Math.hypot(x1 - x0, y1 - y0);
        double roundEnds = Math.PI * wide * wide / 4;
        double expected = length * wide + roundEnds;
        assertEquals(expected, covered(), expected * 0.06);
    }

    @Test
    void a_joint_is_not_painted_twice() {
        int half = 0x80808080;
        raster.mask().segment(10, 50, 50, 50, 3);
        raster.mask().segment(50, 50, 90, 50, 3);
        raster.paint(half);

        assertEquals(raster.pixel(30, 50), raster.pixel(50, 50));
    }

    @Test
    void segments_outside_leave_no_trace() {
        raster.mask().segment(-50, -50, -10, -20, 2);
        raster.mask().segment(10, 150, 90, 220, 2);
        raster.mask().segment(150, 10, 220, 12, 2);
        raster.paint(WHITE);

        assertEquals(0, covered());
    }

    @Test
    void a_long_segment_is_cut_at_the_border() {
        raster.mask().segment(-1e6, 50, 1e6, 50, 1);
        raster.paint(WHITE);

        assertEquals(2.0 * SIDE, covered(), 0.5);
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"20, 60", "20.5, 60.25", "0, 100", "33.3, 33.9"})
    void an_area_covers_what_is_between_its_boundaries(float upper, float lower) {
        raster.fillBetween(boundary(upper, upper), boundary(lower, lower), WHITE);

        assertEquals((lower - upper) * SIDE, covered(), SIDE * 0.02);
    }

    @Test
    void a_triangle_covers_half_of_its_square() {
        raster.fillBetween(boundary(0, SIDE), boundary(SIDE, SIDE), WHITE);

        assertEquals(SIDE * SIDE / 2.0, covered(), 10);
    }

    @Test
    void an_area_has_a_gap_where_a_boundary_is_not_known() {
        float[] upper = boundary(20, 20);
        Arrays.fill(upper, 40 * Raster.SUBS, 60 * Raster.SUBS, Float.NaN);
        raster.fillBetween(upper, boundary(60, 60), WHITE);

        assertEquals(0, raster.pixel(50, 40));
        assertEquals(WHITE, raster.pixel(39, 40));
        assertEquals(WHITE, raster.pixel(60, 40));
    }

    @Test
    void areas_that_touch_leave_no_seam_and_do_not_overlap() {
        float[] between = boundary(30.4f, 70.7f);
        raster.fillBetween(boundary(0, 0), between, 0x80800000);
        raster.fillBetween(between, boundary(SIDE, SIDE), 0x80000080);

        for (int x = 0; x < SIDE; x++) {
            for (int y = 0; y < SIDE; y++) {
                int alpha = raster.pixel(x, y) >>> 24;
                assertTrue(alpha >= 0x5d && alpha <= 0x84, alpha + " at " + x + "," + y);
            }
        }
    }

    @Test
    void a_bar_may_end_between_pixels() {
        raster.fillBar(10, 5, 20.25, 30.5, WHITE);

        assertEquals(5 * 10.25, covered(), 0.1);
    }

    @Test
    void colours_are_mixed_by_what_they_cover() {
        int grey = Argb.over(0xff000000, WHITE, 128);
        assertEquals(0x80, grey & 0xff, 2);
        assertEquals(0x80, (grey >> 16) & 0xff, 2);
        assertEquals(0xff, grey >>> 24, 2);
        assertEquals(WHITE, Argb.over(0xff000000, WHITE, 256));
        assertEquals(0xff000000, Argb.over(0xff000000, WHITE, 0));
    }

    @Test
    void round_corners_are_transparent() {
        raster.fill(0, 0, SIDE, SIDE, WHITE);
        raster.round(8, 0, 0);

        assertEquals(0, raster.pixel(0, 0));
        assertEquals(0, raster.pixel(SIDE - 1, SIDE - 1));
        assertEquals(WHITE, raster.pixel(8, 8));
        double cut = 4 * (64 - Math.PI * 16);
        assertEquals(SIDE * SIDE - cut, covered(), 2);
    }

    private static float[] boundary(float left, float right) {
        float[] boundary = new float[SIDE * Raster.SUBS];
        for (int i = 0; i < boundary.length; i++) {
            boundary[i] = left + (right - left) * (i + 0.5f) / boundary.length;
        }
        return boundary;
    }

    private double covered() {
        double covered = 0;
        for (int pixel : raster.pixels()) {
            covered += (pixel >>> 24) / 255.0;
        }
        return covered;
    }
}
