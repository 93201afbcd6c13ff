package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import java.util.Arrays;

/** Paints the small line of the last rates; its scale starts at zero, a gap stays a gap. */
final class SparkPainter {
    /** Of the height: room for the line to rise. */
    private static final double TOP = 1.15;

    private SparkPainter() {}

    static void paint(Pen pen, Card card, Box area) {
        var spark = card.spark();
        var max = spark.max() * TOP;
        if (!(max > 0)) {
            return;
        }
        var color = color(card);
        var step = area.width() / Math.max(1, spark.size() - 1);
        var points = new double[2 * spark.size()];
        var count = 0;
        for (var i = 0; i <= spark.size(); i++) {
            if (i < spark.size() && !Float.isNaN(spark.value(i))) {
                points[2 * count] = area.x() + i * step;
                points[2 * count + 1] = area.bottom() - spark.value(i) / max * area.height();
                count++;
            } else if (count > 0) {
                if (count > 1) {
                    pen.polyline(Arrays.copyOf(points, 2 * count), color, 1.4);
                }
                count = 0;
            }
        }
    }

    private static Swatch color(Card card) {
        return switch (card.health()) {
            case OK -> Swatch.ACCENT;
            case WARN -> Swatch.WARN;
            case ERROR -> Swatch.ERROR;
            case STALE, UNKNOWN -> Swatch.FAINT;
        };
    }
}
