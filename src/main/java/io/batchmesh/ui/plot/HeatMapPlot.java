package io.batchmesh.ui.plot;

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
    }

    public void show(HeatData data) {
        view.show(data);
        changed();
    }
}
