package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Formats;
import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Layers, one on the other. A layer of which nothing at all is known has no height; where one of
 * the others is not known, the sum is not either, and the picture has a gap.
 */
final class StackView extends CurveView {
    private final Measure measure;
    private Scale scale;
    private int intervals = 5;

    StackView(Measure measure) {
        this.measure = measure;
        this.scale = Scale.of(measure, Double.NaN, intervals);
    }

    @Override
    void show(PlotData next) {
        super.show(next);
        scale = scale.next(greatestSum(), intervals);
    }

    @Override
    public void fit(double width, double height) {
        intervals = Math.clamp((int) (height / 26), 1, 5);
        scale = scale.next(greatestSum(), intervals);
    }

    private List<Curve> layers() {
        return curves().stream()
                .filter(curve -> !curve.dotted())
                .filter(curve -> !Double.isNaN(greatest(curve)))
                .toList();
    }

    private List<Curve> wholes() {
        return curves().stream().filter(Curve::dotted).toList();
    }

    private double greatestSum() {
        PlotData data = data();
        if (data == null) {
            return Double.NaN;
        }
        double greatest = Double.NaN;
        List<Curve> layers = layers();
        if (!layers.isEmpty()) {
            for (int i = 0; i < layers.getFirst().series().size(); i++) {
                if (layers.getFirst().series().millis(i) >= data.window().startMillis()) {
                    double sum = sum(layers, i);
                    greatest = sum <= greatest || Double.isNaN(sum) ? greatest : sum;
                }
            }
        }
        for (Curve whole : wholes()) {
            double value = greatest(whole);
            greatest = value <= greatest || Double.isNaN(value) ? greatest : value;
        }
        return greatest;
    }

    private static double sum(List<Curve> layers, int i) {
        double sum = layers.isEmpty() ? Double.NaN : 0;
        for (Curve layer : layers) {
            sum += i < layer.series().size() ? layer.series().value(i) : Double.NaN;
        }
        return sum;
    }

    @Override
    public Picture picture() {
        TimeWindow window = window();
        if (window == null) {
            return Picture.NOTHING;
        }
        List<Trace> wholes =
                wholes().stream().map(curve -> Trace.of(curve.series(), window)).toList();
        return new StackPicture(edges(window), wholes, scale);
    }

    private List<StackPicture.Layer> edges(TimeWindow window) {
        List<StackPicture.Layer> edges = new ArrayList<>();
        List<Curve> layers = layers();
        if (layers.isEmpty()) {
            return edges;
        }
        double[] sums = new double[Trace.of(layers.getFirst().series(), window).size()];
        markGaps(layers, window, sums);
        for (Curve layer : layers) {
            Trace trace = Trace.of(layer.series(), window);
            requireSameTimes(trace, sums, layer);
            double[] edge = new double[sums.length];
            for (int i = 0; i < edge.length; i++) {
                sums[i] += trace.value(i);
                edge[i] = sums[i];
            }
            edges.add(new StackPicture.Layer(trace.with(edge), layer.color()));
        }
        return edges;
    }

    /** The lower layers end where an upper one does: half a stack says nothing. */
    private static void markGaps(List<Curve> layers, TimeWindow window, double[] sums) {
        for (Curve layer : layers) {
            Trace trace = Trace.of(layer.series(), window);
            requireSameTimes(trace, sums, layer);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Double.isNaN(trace.value(i)) ? Double.NaN : sums[i];
            }
        }
    }

    private static void requireSameTimes(Trace trace, double[] sums, Curve layer) {
        if (trace.size() != sums.length) {
            throw new IllegalArgumentException(
                    layer.name() + " has other times than the layer below it");
        }
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
    public String topText() {
        return scale.topText();
    }

    @Override
    public Reading reading(double secondsBefore, double height) {
        List<Reading.Row> rows = new ArrayList<>();
        double sum = 0;
        for (Curve curve : curves()) {
            if (!curve.dotted()) {
                double value = valueAt(curve, secondsBefore);
                rows.add(row(curve, Key.Shape.AREA, value));
                boolean counts = !Double.isNaN(greatest(curve));
                sum += counts ? value : 0;
            }
        }
        Collections.reverse(rows);
        String total = Formats.fixed(measure.worded(sum), 8);
        rows.add(new Reading.Row(Swatch.TEXT, Key.Shape.NONE, "together", total));
        for (Curve whole : wholes()) {
            rows.add(row(whole, Key.Shape.DOTTED, valueAt(whole, secondsBefore)));
        }
        return new Reading(Ago.worded(secondsBefore), rows);
    }

    @Override
    public List<Legend.Entry> legend() {
        return curves().stream()
                .sorted(Comparator.comparing(Curve::dotted))
                .map(curve ->
                        curve.dotted()
                                ? new Legend.Entry(
                                        curve.color(),
                                        Key.Shape.DOTTED,
                                        curve.name() + unexplained(curve))
                                : new Legend.Entry(curve.color(), Key.Shape.AREA, curve.name()))
                .toList();
    }

    private String unexplained(Curve whole) {
        List<Curve> layers = layers();
        int last = whole.series().size() - 1;
        double explained = last < 0 ? Double.NaN : sum(layers, last);
        double measured = latest(whole);
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
        List<Curve> layers = layers();
        return layers.isEmpty()
                ? Formats.UNKNOWN
                : measure.worded(sum(layers, layers.getFirst().series().size() - 1));
    }
}
