package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Formats;
import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Layers, one on the other, and dotted lines over them. */
final class StackView extends CurveView {
    private final Measure measure;
    private Scale scale;
    private Stack stack = Stack.EMPTY;
    private int intervals = 5;

    StackView(Measure measure) {
        this.measure = measure;
        this.scale = Scale.of(measure, Double.NaN, intervals);
    }

    @Override
    void show(PlotData next) {
        super.show(next);
        stack = Stack.of(next);
        rescale();
    }

    @Override
    public void fit(double width, double height) {
        intervals = Math.clamp((int) (height / 26), 1, 5);
        rescale();
    }

    private void rescale() {
        PlotData data = data();
        if (data != null) {
            double greatest = data.greatest(stack.whole());
            for (Curve whole : over()) {
                double value = greatest(whole);
                greatest = value <= greatest || Double.isNaN(value) ? greatest : value;
            }
            scale = scale.next(greatest, intervals);
        }
    }

    /** What is not a layer. */
    private List<Curve> over() {
        return curves().stream().filter(c -> c.dotted() || c.ghostly()).toList();
    }

    private List<Curve> wholes() {
        return curves().stream().filter(Curve::dotted).toList();
    }

    @Override
    public Picture picture() {
        TimeWindow window = window();
        if (window == null) {
            return Picture.NOTHING;
        }
        List<StackPicture.Layer> layers = new ArrayList<>();
        for (int i = 0; i < stack.layers().size(); i++) {
            Trace edge = Trace.of(stack.edges().get(i), window);
            layers.add(new StackPicture.Layer(edge, stack.layers().get(i).color()));
        }
        List<Trace> wholes =
                wholes().stream().map(curve -> Trace.of(curve.series(), window)).toList();
        List<Trace> ghosts =
                ghosts().stream().map(curve -> Trace.of(curve.series(), window)).toList();
        return new StackPicture(layers, wholes, ghosts, scale);
    }

    @Override
    public List<YLabel> yLabels() {
        return scale.ticks().stream()
                .map(tick -> new YLabel(tick / scale.top(), scale.label(tick)))
                .toList();
    }

    @Override
    public double yLabelWidth() {
        return 40;
    }

    @Override
    public String rangeText() {
        return scale.range();
    }

    @Override
    public Reading reading(double secondsBefore, double height) {
        List<Reading.Row> rows = new ArrayList<>();
        for (Curve curve : ownCurves()) {
            if (!curve.dotted()) {
                rows.addFirst(row(curve, Key.Shape.AREA, valueAt(curve, secondsBefore)));
            }
        }
        Curve together = new Curve("together", Swatch.TEXT, measure, stack.whole());
        rows.add(row(together, Key.Shape.NONE, valueAt(together, secondsBefore)));
        for (Curve whole : wholes()) {
            rows.add(row(whole, Key.Shape.DOTTED, valueAt(whole, secondsBefore), secondsBefore));
        }
        return new Reading(worded(secondsBefore), rows);
    }

    @Override
    public List<Legend.Entry> legend() {
        List<Legend.Entry> entries = new ArrayList<>();
        ownCurves().stream()
                .sorted(Comparator.comparing(Curve::dotted))
                .map(this::entry)
                .forEach(entries::add);
        return entries;
    }

    private Legend.Entry entry(Curve curve) {
        return curve.dotted()
                ? new Legend.Entry(
                        curve.color(), Key.Shape.DOTTED, curve.name() + unexplained(curve))
                : new Legend.Entry(curve.color(), Key.Shape.AREA, curve.name());
    }

    private String unexplained(Curve whole) {
        double explained = latest(stack.whole());
        double measured = latest(whole.series());
        return Double.isNaN(explained) || !(measured > 0)
                ? ""
                : ", " + Formats.share((measured - explained) / measured) + " unexplained";
    }

    @Override
    public String unitText() {
        return scale.unit().name();
    }

    @Override
    public String valueText() {
        return measure.worded(latest(stack.whole()));
    }
}
