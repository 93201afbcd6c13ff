package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/**
 * A plot with its title, axes and legend. It takes whole states and paints the latest of them once
 * per pulse, and not at all while it cannot be seen. FX thread only.
 *
 * <p>Pointing at it, or the arrow keys while it has the focus, read out one moment; {@link
 * #readAtProperty} lets several plots read out the same.
 */
public abstract sealed class Plot extends Region
        permits StackedAreaPlot, LinePlot, BarSharePlot, HeatMapPlot {
    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
    private static final double STALE_AFTER_SECONDS = 10;
    private static final double STALE_AFTER_PART = 1.0 / 30;
    private static final double ZOOM_STEP = 1.5;
    private static final double GAP = 2;
    private static final double KEY_STEPS = 60;

    private final Label title = new Label();
    private final Label unit = new Label();
    private final Label stale = new Label();
    private final Legend legend = new Legend();
    private final PlotView view;
    private final PlotFrame frame;
    private final BooleanProperty compact = new SimpleBooleanProperty(this, "compact");
    private final ObservableValue<Boolean> showing;
    private boolean behind;

    Plot(String name, PlotView view) {
        this.view = view;
        getStyleClass().add("bm-plot");
        title.setText(name);
        title.getStyleClass().add("bm-plot-title");
        unit.getStyleClass().add("bm-plot-unit");
        stale.getStyleClass().add("bm-plot-stale");
        stale.setVisible(false);
        frame = new PlotFrame(view);
        getChildren().addAll(title, stale, unit, frame, legend);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleHelp("The left and right arrow keys read out earlier and later values.");
        addEventHandler(KeyEvent.KEY_PRESSED, this::moveCursor);
        setOnMousePressed(event -> requestFocus());
        compact.subscribe(this::changeDensity);
        showing = Showing.of(this);
        showing.subscribe(visible -> catchUp());
    }

    /** The title and the values now, as a sentence. */
    public final String describe() {
        if (view.empty()) {
            return title.getText() + ": " + frame.emptyText() + ".";
        }
        return title.getText() + ": " + view.describe() + ".";
    }

    /** What is shown as comma-separated values (RFC 4180), in base units. */
    public final String csv() {
        return view.csv();
    }

    /** The colour that is behind it. */
    public final Color panelColor() {
        return frame.palette().panel();
    }

    public final String title() {
        return title.getText();
    }

    public final void setTitle(String text) {
        title.setText(text);
    }

    /** What is said in place of the picture when there is nothing to draw. */
    public final void setEmptyText(String text) {
        frame.setEmptyText(text);
    }

    /** Seconds before now that are read out, {@code NaN} for none; bind it to link plots. */
    public final DoubleProperty readAtProperty() {
        return frame.cursor();
    }

    /** Lets the mouse and the keys change the time that is shown. */
    public final void setGestures(TimeGestures gestures) {
        frame.mouse().setGestures(gestures);
        setAccessibleHelp(
                "The left and right arrow keys read out earlier and later values, with Shift they"
                        + " go through time; plus and minus zoom, End goes back to now.");
        setOnContextMenuRequested(event -> {
            gestures.menu(this, frame.readMillis(), event.getScreenX(), event.getScreenY());
            event.consume();
        });
    }

    final @Nullable TimeGestures gestures() {
        return frame.mouse().gestures();
    }

    /** A place of the mouse within the picture, from 0 to 1, y upwards; null outside of it. */
    final @Nullable Point2D place(MouseEvent event) {
        return frame.place(frame.sceneToLocal(event.getSceneX(), event.getSceneY()));
    }

    /** For many small ones side by side: no legend, no y axis, the value now beside the title. */
    public final BooleanProperty compactProperty() {
        return compact;
    }

    @Override
    public final @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT
                ? describe()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    /** To be called when there is new data. */
    final void changed() {
        behind = true;
        catchUp();
    }

    private void catchUp() {
        if (behind && showing.getValue()) {
            behind = false;
            words();
            frame.repaint();
        }
    }

    private void words() {
        double since = view.secondsSinceLast();
        TimeWindow window = view.window();
        double after =
                window == null
                        ? STALE_AFTER_SECONDS
                        : Math.max(STALE_AFTER_SECONDS, window.seconds() * STALE_AFTER_PART);
        stale.setVisible(window != null && window.live() && !view.empty() && since > after);
        if (stale.isVisible()) {
            stale.setText(Formats.age(Duration.ofSeconds((long) since)));
        }
        String value = stale.isVisible() ? "" : view.valueText();
        unit.setText(compact.get() ? value : view.unitText());
        if (!compact.get()) {
            legend.show(view.legend());
        }
    }

    private void changeDensity() {
        pseudoClassStateChanged(COMPACT, compact.get());
        legend.setVisible(!compact.get());
        frame.setCompact(compact.get());
        behind = true;
        requestLayout();
        catchUp();
    }

    private void moveCursor(KeyEvent event) {
        TimeWindow window = view.window();
        if (window == null) {
            return;
        }
        if (changeTime(event, window)) {
            event.consume();
            return;
        }
        double step = window.seconds() / KEY_STEPS;
        double at = frame.cursor().get();
        double moved =
                switch (event.getCode()) {
                    case LEFT -> (Double.isNaN(at) ? 0 : at) + step;
                    case RIGHT -> (Double.isNaN(at) ? step : at) - step;
                    case ESCAPE -> Double.NaN;
                    default -> Double.POSITIVE_INFINITY;
                };
        boolean escaped = Double.isNaN(moved) && !Double.isNaN(at);
        if (escaped || Double.isFinite(moved)) {
            frame.cursor().set(escaped ? moved : Math.clamp(moved, 0, window.seconds()));
            event.consume();
        }
    }

    /** Whether the key was one that goes through time. */
    private boolean changeTime(KeyEvent event, TimeWindow window) {
        TimeGestures gestures = frame.mouse().gestures();
        if (gestures != null && event.isShortcutDown() && event.getCode() == KeyCode.C) {
            gestures.copy(this);
            return true;
        }
        if (gestures == null || event.isShortcutDown()) {
            return false;
        }
        long quarter = window.length().toMillis() / 4;
        switch (event.getCode()) {
            case PLUS, EQUALS, ADD -> gestures.zoom(1 / ZOOM_STEP, frame.readMillis());
            case MINUS, SUBTRACT -> gestures.zoom(ZOOM_STEP, frame.readMillis());
            case END -> gestures.live();
            case LEFT -> {
                if (!event.isShiftDown()) {
                    return false;
                }
                gestures.pan(-quarter);
            }
            case RIGHT -> {
                if (!event.isShiftDown()) {
                    return false;
                }
                gestures.pan(quarter);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    protected final void layoutChildren() {
        double left = snappedLeftInset();
        double width = getWidth() - left - snappedRightInset();
        double top = snappedTopInset();
        double header = snapSizeY(Math.max(title.prefHeight(-1), unit.prefHeight(-1)));
        double unitWidth = Math.min(snapSizeX(unit.prefWidth(-1)), width);
        double chipWidth = stale.isVisible() ? snapSizeX(stale.prefWidth(-1)) : 0;
        double chipHeight = snapSizeY(stale.prefHeight(-1));
        double chipLeft = left + width - unitWidth - chipWidth - (unitWidth > 0 ? 8 : 0);
        stale.resizeRelocate(
                chipLeft, Math.rint(top + (header - chipHeight) / 2), chipWidth, chipHeight);
        double titleWidth =
                Math.max(0, Math.min(snapSizeX(title.prefWidth(-1)), chipLeft - left - 6));
        title.resizeRelocate(left, top, titleWidth, header);
        unit.resizeRelocate(left + width - unitWidth, top, unitWidth, header);
        double below = legend.isVisible() ? snapSizeY(legend.prefHeight(width)) : 0;
        double bottom = getHeight() - snappedBottomInset() - below;
        legend.resizeRelocate(left, bottom, width, below);
        frame.resizeRelocate(left, top + header + GAP, width, bottom - top - header - GAP);
        frame.requestLayout();
    }

    @Override
    protected final double computeMinHeight(double width) {
        return compact.get() ? 96 : 150;
    }

    @Override
    protected final double computeMinWidth(double height) {
        return compact.get() ? 120 : 180;
    }

    @Override
    protected final double computePrefHeight(double width) {
        return compact.get() ? 112 : 220;
    }

    @Override
    protected final double computePrefWidth(double height) {
        return compact.get() ? 180 : 340;
    }
}
