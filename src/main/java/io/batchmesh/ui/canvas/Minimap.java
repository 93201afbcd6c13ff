package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.PaletteRegion;
import io.batchmesh.ui.theme.Swatch;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * The whole drawing, small, with a frame around what the canvas shows. Pressing and dragging moves
 * that. FX thread only.
 */
public final class Minimap extends Region {
    private static final double WIDTH = 190;
    private static final double HEIGHT = 118;
    private static final double MARGIN = 9;
    private static final double LEAST_CARD = 3;

    private final TopologyCanvas canvas;
    private final PaletteRegion palette = new PaletteRegion();
    private final Surface surface = new Surface(this::paint);
    private final LineRaster raster = new LineRaster();
    private Viewport view = Viewport.PLAIN;

    public Minimap(TopologyCanvas canvas) {
        this.canvas = canvas;
        getStyleClass().add("bm-minimap");
        setPrefSize(WIDTH, HEIGHT);
        setMinHeight(HEIGHT);
        setMaxWidth(Double.MAX_VALUE);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText("Overview of the drawing");
        palette.setManaged(false);
        getChildren().addAll(palette, surface);
        palette.paletteProperty().subscribe(p -> surface.paintAnew());
        canvas.pictureProperty().subscribe(p -> surface.paintAnew());
        canvas.viewportProperty().subscribe(v -> surface.paintAnew());
        canvas.widthProperty().subscribe(w -> surface.paintAnew());
        canvas.heightProperty().subscribe(h -> surface.paintAnew());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::show);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::show);
    }

    /** Puts the place under the pointer into the middle of the canvas. */
    private void show(MouseEvent event) {
        canvas.setViewByHand(
                canvas.viewport()
                        .centeredOn(
                                view.drawingX(event.getX()),
                                view.drawingY(event.getY()),
                                canvas.getWidth(),
                                canvas.getHeight()));
        event.consume();
    }

    private void paint(GraphicsContext graphics, double width, double height) {
        var pen = new CanvasPen(graphics, palette.palette(), raster);
        pen.box(new Box(0, 0, width, height), 8, new Pen.Ink(Swatch.PANEL, Swatch.LINE, 1));
        var picture = canvas.pictureProperty().get();
        var bounds = picture.bounds();
        if (bounds == null) {
            return;
        }
        var seen = canvas.viewport().seen(canvas.getWidth(), canvas.getHeight());
        view = Viewport.fitting(bounds, width, height, MARGIN);
        var lines = picture.links().values().stream().map(this::line).toList();
        pen.strands(lines, 1);
        for (var card : picture.cards().values()) {
            card(pen, card);
        }
        frame(pen, view.box(seen), width, height);
    }

    private Pen.Strand line(LinkLine link) {
        var loud = link.selected() || link.tone() == Tone.WARN || link.tone() == Tone.ERROR;
        var curve = link.curve();
        double[] ends = {
            view.x(curve.startX()),
            view.y(curve.startY()),
            view.x(curve.endX()),
            view.y(curve.endY())
        };
        return new Pen.Strand(ends, false, loud ? link.tone().line() : Swatch.LINE, 1);
    }

    private void card(Pen pen, Card card) {
        var box = view.box(card.box());
        var shown =
                Box.around(
                        box.centerX(),
                        box.centerY(),
                        Math.max(LEAST_CARD, box.width()),
                        Math.max(LEAST_CARD, box.height()));
        var tone = card.health().tone();
        var loud = tone == Tone.WARN || tone == Tone.ERROR;
        var edge = card.marks().selected() ? Swatch.ACCENT : loud ? tone.line() : Swatch.FAINT;
        pen.box(shown, 2, new Pen.Ink(Swatch.NODE, edge, 1));
    }

    /** What of the frame lies outside is drawn at the edge. */
    private static void frame(Pen pen, Box seen, double width, double height) {
        var left = Math.clamp(seen.x(), 3, width - 6);
        var top = Math.clamp(seen.y(), 3, height - 6);
        var right = Math.clamp(seen.right(), left + 3, width - 3);
        var bottom = Math.clamp(seen.bottom(), top + 3, height - 3);
        pen.box(
                new Box(left, top, right - left, bottom - top),
                3,
                Pen.Ink.stroke(Swatch.ACCENT, 1.2));
    }

    @Override
    protected void layoutChildren() {
        surface.resizeRelocate(0, 0, getWidth(), getHeight());
        surface.layout();
    }
}
