package io.batchmesh.ui.plot;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/**
 * Latencies over time on a logarithmic axis: the stronger a cell, the more of the requests of that
 * time took so long. FX thread only.
 */
public final class HeatMapPlot extends Plot {
    private final HeatView view;

    public HeatMapPlot(String title) {
        this(title, new HeatView());
    }

    private HeatMapPlot(String title, HeatView view) {
        super(title, view);
        this.view = view;
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    }

    private void click(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || !event.isStillSincePress()) {
            return;
        }
        var gestures = gestures();
        var at = place(event);
        var trace = at == null ? null : view.traceAt(at.getX(), at.getY());
        if (gestures != null && trace != null) {
            gestures.trace(this, trace, event.getScreenX(), event.getScreenY());
            event.consume();
        }
    }

    public void show(HeatData data) {
        view.show(data);
        changed();
    }
}
