package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Palette;
import io.batchmesh.ui.theme.Swatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.FontSmoothingType;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Draws on a canvas. The transform stays plain and every font has its final size: words under a
 * scaled transform take three times as long to draw.
 */
final class CanvasPen implements Pen {
    private static final Map<FontKey, Font> FONTS = new HashMap<>();
    private static final int MAX_FONTS = 400;

    private record FontKey(double size, boolean mono, boolean bold) {}

    private final GraphicsContext graphics;
    private final Map<Swatch, Color> colors;

    private final LineRaster raster;

    /** FX thread. {@code raster} is kept from one picture to the next. */
    CanvasPen(GraphicsContext graphics, Palette palette, LineRaster raster) {
        this.graphics = graphics;
        this.raster = raster;
        this.colors = palette.colors();
        graphics.setGlobalAlpha(1);
        graphics.setLineCap(StrokeLineCap.ROUND);
        graphics.setLineJoin(StrokeLineJoin.ROUND);
        graphics.setTextBaseline(VPos.BASELINE);
        graphics.setFontSmoothingType(FontSmoothingType.GRAY);
    }

    @Override
    public void box(Box box, double radius, Ink ink) {
        var x = Math.round(box.x());
        var y = Math.round(box.y());
        var width = Math.max(1, Math.round(box.right()) - x);
        var height = Math.max(1, Math.round(box.bottom()) - y);
        var arc = 2 * radius;
        var fill = color(ink.fill());
        if (fill != null) {
            graphics.setFill(fill);
            if (radius < 1) {
                graphics.fillRect(x, y, width, height);
            } else {
                graphics.fillRoundRect(x, y, width, height, arc, arc);
            }
        }
        var stroke = color(ink.stroke());
        if (stroke != null) {
            graphics.setStroke(stroke);
            graphics.setLineWidth(ink.width());
            if (radius < 1) {
                graphics.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
            } else {
                graphics.strokeRoundRect(x + 0.5, y + 0.5, width - 1, height - 1, arc, arc);
            }
        }
    }

    @Override
    public void circle(double x, double y, double radius, Ink ink) {
        var fill = color(ink.fill());
        if (fill != null) {
            graphics.setFill(fill);
            graphics.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
        }
        var stroke = color(ink.stroke());
        if (stroke != null) {
            graphics.setStroke(stroke);
            graphics.setLineWidth(ink.width());
            graphics.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
        }
    }

    @Override
    public void curves(List<double[]> chains, Swatch color, double width) {
        graphics.setStroke(color(color));
        graphics.setLineWidth(width);
        graphics.setLineCap(StrokeLineCap.BUTT);
        graphics.beginPath();
        for (var xy : chains) {
            graphics.moveTo(xy[0], xy[1]);
            for (var i = 2; i < xy.length; i += 6) {
                graphics.bezierCurveTo(
                        xy[i], xy[i + 1], xy[i + 2], xy[i + 3], xy[i + 4], xy[i + 5]);
            }
        }
        graphics.stroke();
        graphics.setLineCap(StrokeLineCap.ROUND);
    }

    @Override
    public void polylines(List<double[]> lines, Swatch color, double width) {
        graphics.setStroke(color(color));
        graphics.setLineWidth(width);
        graphics.beginPath();
        for (var xy : lines) {
            graphics.moveTo(xy[0], xy[1]);
            for (var i = 2; i < xy.length; i += 2) {
                graphics.lineTo(xy[i], xy[i + 1]);
            }
        }
        graphics.stroke();
    }

    @Override
    public void strands(List<Strand> strands, double cover) {
        var canvas = graphics.getCanvas();
        raster.begin((int) canvas.getWidth(), (int) canvas.getHeight());
        for (var strand : strands) {
            raster.setColor(rgb(strand.color()));
            if (strand.cubic()) {
                raster.curve(strand.xy(), strand.width(), cover);
            } else {
                raster.polyline(strand.xy(), strand.width(), cover);
            }
        }
        graphics.drawImage(raster.end(), 0, 0);
    }

    private int rgb(Swatch swatch) {
        var color = colors.getOrDefault(swatch, Color.TRANSPARENT);
        var red = (int) Math.round(255 * color.getRed());
        var green = (int) Math.round(255 * color.getGreen());
        var blue = (int) Math.round(255 * color.getBlue());
        return red << 16 | green << 8 | blue;
    }

    @Override
    public void polygon(double[] xy, Swatch fill) {
        graphics.setFill(color(fill));
        graphics.beginPath();
        graphics.moveTo(xy[0], xy[1]);
        for (var i = 2; i < xy.length; i += 2) {
            graphics.lineTo(xy[i], xy[i + 1]);
        }
        graphics.closePath();
        graphics.fill();
    }

    @Override
    public void text(String words, double x, double y, TextStyle style, Swatch color) {
        graphics.setFill(color(color));
        graphics.setFont(font(style));
        graphics.setTextAlign(
                switch (style.align()) {
                    case LEFT -> TextAlignment.LEFT;
                    case CENTER -> TextAlignment.CENTER;
                    case RIGHT -> TextAlignment.RIGHT;
                });
        graphics.fillText(words, Math.round(x), Math.round(y));
    }

    @Override
    public void cover(double alpha) {
        graphics.setGlobalAlpha(alpha);
    }

    private @Nullable Color color(@Nullable Swatch swatch) {
        return swatch == null ? null : colors.get(swatch);
    }

    private static Font font(TextStyle style) {
        if (FONTS.size() > MAX_FONTS) {
            FONTS.clear();
        }
        return FONTS.computeIfAbsent(
                new FontKey(style.size(), style.mono(), style.bold()),
                key ->
                        Font.font(
                                key.mono() ? "Monospaced" : "System",
                                key.bold() ? FontWeight.BOLD : FontWeight.NORMAL,
                                key.size()));
    }
}
