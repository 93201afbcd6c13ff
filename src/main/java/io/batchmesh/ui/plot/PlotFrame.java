package io.batchmesh.ui.plot;

import io.batchmesh.metrics.Mark;
import io.batchmesh.ui.theme.Palette;
import io.batchmesh.ui.theme.PaletteRegion;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * The drawing of a plot with its axes. It is painted in the layout of a pulse, and only when its
 * data, size or colours have changed; not being managed by its parent, it is laid out alone.
 */
final class PlotFrame extends Region {
    private static final double X_AXIS_HEIGHT = 17;
    private static final double TOP = 15;
    private static final double COMPACT_TOP = 2;
    private static final double X_LABEL_EVERY = 48;
    private static final int CORNER = 5;

    private final PlotView view;
    private final PaletteRegion colors = new PaletteRegion();
    private final PlotArea area = new PlotArea();
    private final RasterView image = new RasterView();
    private final Region cursorLine = new Region();
    private final Region brush = new Region();
    private final PlotMouse mouse = new PlotMouse(this, brush);
    private final ReadOut readOut = new ReadOut();
    private final Label emptyText = new Label("nothing seen yet");
    private final LabelPool yLabels = new LabelPool(getChildren(), "bm-plot-tick");
    private final LabelPool xLabels = new LabelPool(getChildren(), "bm-plot-tick");
    private final LabelPool markLabels = new LabelPool(getChildren(), "bm-plot-mark");
    private final DoubleProperty cursor = new SimpleDoubleProperty(this, "cursor", Double.NaN);
    private Rectangle2D inner = Rectangle2D.EMPTY;
    private double mouseHeight = Double.NaN;
    private boolean compact;
    private boolean dirty = true;

    PlotFrame(PlotView view) {
        this.view = view;
        setManaged(false);
        cursorLine.getStyleClass().add("bm-plot-cursor");
        emptyText.getStyleClass().add("bm-plot-empty");
        brush.getStyleClass().add("bm-plot-brush");
        brush.setVisible(false);
        for (Node node : List.of(colors, area, cursorLine, emptyText, brush)) {
            node.setManaged(false);
            node.setMouseTransparent(true);
        }
        cursorLine.setVisible(false);
        readOut.setViewOrder(-2);
        cursorLine.setViewOrder(-1);
        getChildren().addAll(colors, area, image, emptyText, brush, cursorLine, readOut);
        colors.paletteProperty().addListener((_, _, _) -> repaint());
        cursor.subscribe(this::showCursor);
        parentProperty().flatMap(Node::focusedProperty).addListener((_, _, _) -> repaint());
        setOnMouseMoved(this::follow);
        setOnMouseDragged(this::follow);
        setOnMouseExited(event -> leave());
    }

    /** Seconds before now that are read out, {@code NaN} for none. */
    DoubleProperty cursor() {
        return cursor;
    }

    void setEmptyText(String text) {
        emptyText.setText(text);
        repaint();
    }

    String emptyText() {
        return emptyText.getText();
    }

    void setCompact(boolean compact) {
        this.compact = compact;
        repaint();
    }

    /** Paints anew in the next pulse. */
    void repaint() {
        dirty = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        Rectangle2D wanted = innerArea();
        if ((!dirty && wanted.equals(inner)) || wanted.getWidth() < 8 || wanted.getHeight() < 8) {
            return;
        }
        dirty = false;
        inner = wanted;
        mouse.place(inner, this::millisAt);
        area.place(inner);
        view.fit(inner.getWidth(), inner.getHeight());
        paint();
        placeYLabels();
        placeXLabels();
        placeMarks();
        placeWords();
        showCursor();
    }

    Palette palette() {
        return colors.palette();
    }

    PlotMouse mouse() {
        return mouse;
    }

    private long millisAt(double x) {
        TimeWindow window = view.window();
        return window == null
                ? 0
                : window.millisBefore(
                        (1 - (x - inner.getMinX()) / inner.getWidth()) * window.seconds());
    }

    /** A place within the picture, from 0 to 1, y upwards; null outside of it. */
    @Nullable Point2D place(Point2D at) {
        return inner.contains(at)
                ? new Point2D(
                        (at.getX() - inner.getMinX()) / inner.getWidth(),
                        (inner.getMaxY() - at.getY()) / inner.getHeight())
                : null;
    }

    /** The moment that is read out, that of the right edge when there is none. */
    long readMillis() {
        TimeWindow window = view.window();
        double before = cursor.get();
        return window == null ? 0 : window.millisBefore(Double.isNaN(before) ? 0 : before);
    }

    private Rectangle2D innerArea() {
        double left = compact ? 0 : view.yLabelWidth();
        double top = compact ? COMPACT_TOP : TOP;
        double width = Math.max(0, Math.floor(getWidth() - left));
        double height = Math.max(0, Math.floor(getHeight() - top - X_AXIS_HEIGHT));
        return new Rectangle2D(left, top, width, height);
    }

    private void paint() {
        double pixel = pixel();
        int wide = (int) Math.round((inner.getWidth() - 2) * pixel);
        int tall = (int) Math.round((inner.getHeight() - 2) * pixel);
        Palette palette = colors.palette();
        Raster raster = image.begin(wide, tall);
        raster.fill(0, 0, wide, tall, Argb.of(palette.ground(), 1));
        TimeWindow window = view.window();
        if (window != null && !view.empty()) {
            view.picture().paint(raster, palette, pixel);
        }
        if (window != null) {
            Pen pen = new Pen(raster, pixel, 1);
            for (Mark mark : shownMarks(window)) {
                pen.dashedUpright(
                        window.position(mark.at().toEpochMilli()), Argb.of(palette.accent(), 1));
            }
        }
        raster.round((int) Math.round(CORNER * pixel), pixel, edge(palette));
        image.finish();
        image.setX(inner.getMinX() + 1);
        image.setY(inner.getMinY() + 1);
        image.setFitWidth(inner.getWidth() - 2);
        image.setFitHeight(inner.getHeight() - 2);
    }

    private int edge(Palette palette) {
        boolean focused = getParent() != null && getParent().isFocused();
        return Argb.of(focused ? palette.accent() : palette.line(), 1);
    }

    private double pixel() {
        Window window = getScene() == null ? null : getScene().getWindow();
        return window == null ? 1 : Math.max(1, window.getOutputScaleX());
    }

    private void placeYLabels() {
        yLabels.begin();
        if (!compact && !view.empty()) {
            double last = Double.POSITIVE_INFINITY;
            for (PlotView.YLabel label : view.yLabels()) {
                Label placed = yLabels.take(label.text());
                double y = inner.getMaxY() - label.position() * inner.getHeight();
                double top = Math.rint(y - placed.getHeight() / 2);
                placed.setVisible(top + placed.getHeight() <= last + 2);
                if (placed.isVisible()) {
                    last = top;
                }
                placed.relocate(Math.rint(inner.getMinX() - 6 - placed.getWidth()), top);
            }
        }
        yLabels.finish();
    }

    private void placeXLabels() {
        xLabels.begin();
        TimeWindow window = view.window();
        if (window != null) {
            int atMost = compact ? 2 : (int) Math.max(2, inner.getWidth() / X_LABEL_EVERY);
            double widest = 0;
            for (TimeTicks.Tick tick : TimeTicks.of(window, atMost)) {
                Label label = placeXLabel(tick.label(), tick.position());
                widest = Math.max(widest, label.getWidth());
            }
            if (compact && !view.empty()) {
                Label range = placeXLabel(view.rangeText(), 0.5);
                range.setVisible(range.getWidth() + 2 * widest + 16 < inner.getWidth());
            }
        }
        xLabels.finish();
    }

    private Label placeXLabel(String text, double position) {
        Label placed = xLabels.take(text);
        double centre = inner.getMinX() + position * inner.getWidth();
        double rightmost = Math.max(inner.getMinX(), inner.getMaxX() - placed.getWidth());
        double x = Math.clamp(centre - placed.getWidth() / 2, inner.getMinX(), rightmost);
        placed.relocate(Math.rint(x), inner.getMaxY() + 3);
        return placed;
    }

    private List<Mark> shownMarks(TimeWindow window) {
        return view.marks().stream()
                .filter(mark -> mark.at().toEpochMilli() <= window.nowMillis())
                .filter(mark -> mark.at().toEpochMilli() >= window.startMillis())
                .sorted(Comparator.comparing(Mark::at).reversed())
                .toList();
    }

    /** The latest mark has its words; an earlier one only if they do not touch those after it. */
    private void placeMarks() {
        markLabels.begin();
        TimeWindow window = view.window();
        if (window != null && !compact) {
            double free = inner.getMaxX();
            for (Mark mark : shownMarks(window)) {
                double at = window.position(mark.at().toEpochMilli());
                free = placeMark(mark.label(), inner.getMinX() + at * inner.getWidth(), free);
            }
        }
        markLabels.finish();
    }

    /** Returns what is still free on the left of it. */
    private double placeMark(String text, double at, double free) {
        Label label = markLabels.take(text);
        double width = label.getWidth();
        double x = Math.max(inner.getMinX(), Math.min(at - width / 2, inner.getMaxX() - width));
        label.setVisible(x + width <= free);
        label.relocate(Math.rint(x), Math.rint(inner.getMinY() - label.getHeight() - 1));
        return label.isVisible() ? x - 4 : free;
    }

    private void placeWords() {
        emptyText.setVisible(view.empty());
        emptyText.applyCss();
        double width = Math.min(emptyText.prefWidth(-1), inner.getWidth() - 12);
        double height = emptyText.prefHeight(width);
        emptyText.resizeRelocate(
                Math.rint(inner.getMinX() + (inner.getWidth() - width) / 2),
                Math.rint(inner.getMinY() + (inner.getHeight() - height) / 2),
                width,
                height);
    }

    private void follow(MouseEvent event) {
        TimeWindow window = view.window();
        if (window == null || !inner.contains(event.getX(), event.getY())) {
            leave();
            return;
        }
        mouseHeight = (inner.getMaxY() - event.getY()) / inner.getHeight();
        double position = (event.getX() - inner.getMinX()) / inner.getWidth();
        cursor.set((1 - position) * window.seconds());
        showCursor();
    }

    private void leave() {
        mouseHeight = Double.NaN;
        cursor.set(Double.NaN);
    }

    private void showCursor() {
        TimeWindow window = view.window();
        double before = cursor.get();
        boolean shown = cursorShown(window, before);
        cursorLine.setVisible(shown);
        readOut.setVisible(shown);
        if (window == null || !shown) {
            return;
        }
        double x = Math.rint(inner.getMinX() + (1 - before / window.seconds()) * inner.getWidth());
        cursorLine.resizeRelocate(x, inner.getMinY() + 1, 1, inner.getHeight() - 2);
        readOut.show(view.reading(before, mouseHeight));
        readOut.applyCss();
        readOut.autosize();
        double right = x + 10;
        boolean fits = right + readOut.getWidth() <= inner.getMaxX();
        double left = Math.max(0, x - 10 - readOut.getWidth());
        double below = inner.getMaxY() - readOut.getHeight() - 4;
        readOut.relocate(fits ? right : left, Math.min(inner.getMinY() + 6, below));
    }

    private boolean cursorShown(@Nullable TimeWindow window, double before) {
        return window != null
                && !view.empty()
                && inner.getWidth() > 0
                && before >= 0
                && before <= window.seconds();
    }
}
