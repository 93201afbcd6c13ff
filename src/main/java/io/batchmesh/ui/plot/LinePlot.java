package io.batchmesh.ui.plot;

/** Lines over time: rates, latencies, queues. FX thread only. */
public final class LinePlot extends Plot {
    private final LineView view;

    /** Whether lines share a scale. */
    public enum Scales {
        /** Those of one measure share one; the axis is that of the first curve. */
        ONE,
        /** Each has its own, which is said beside it; there is no axis. */
        EACH
    }

    public LinePlot(String title, Scales scales) {
        this(title, new LineView(scales));
    }

    private LinePlot(String title, LineView view) {
        super(title, view);
        this.view = view;
    }

    public void show(PlotData data) {
        view.show(data);
        changed();
    }
}
