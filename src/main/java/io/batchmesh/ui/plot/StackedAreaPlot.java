package io.batchmesh.ui.plot;

/**
 * Layers over time, one on the other, such as the five stages of a latency; a dotted curve among
 * them is what was measured as a whole. FX thread only.
 */
public final class StackedAreaPlot extends Plot {
    private final StackView view;

    /**
     * Makes an empty one.
     *
     * @param measure of all layers
     */
    public StackedAreaPlot(String title, Measure measure) {
        this(title, new StackView(measure));
    }

    private StackedAreaPlot(String title, StackView view) {
        super(title, view);
        this.view = view;
    }

    public void show(PlotData data) {
        view.show(data);
        changed();
    }
}
