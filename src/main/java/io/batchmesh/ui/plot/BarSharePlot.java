package io.batchmesh.ui.plot;

/**
 * What share each curve has in the sum of all, as bars over time: why batches were flushed. The
 * curves are rates. FX thread only.
 */
public final class BarSharePlot extends Plot {
    private final BarShareView view;

    public BarSharePlot(String title) {
        this(title, new BarShareView());
    }

    private BarSharePlot(String title, BarShareView view) {
        super(title, view);
        this.view = view;
    }

    public void show(PlotData data) {
        view.show(data);
        changed();
    }
}
