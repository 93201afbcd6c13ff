package io.batchmesh.ui.plot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines, on one scale or each on its own. */
final class LineView extends CurveView {
    private final LinePlot.Scales scales;
    private final Map<String, Scale> byName = new HashMap<>();
    private int intervals = 5;

    LineView(LinePlot.Scales scales) {
        this.scales = scales;
    }

    @Override
    void show(PlotData next) {
        super.show(next);
        rescale();
    }

    @Override
    public void fit(double width, double height) {
        intervals = Math.clamp((int) (height / 26), 1, 5);
        rescale();
    }

    private void rescale() {
        Map<String, Double> greatest = new HashMap<>();
        for (Curve curve : curves()) {
            greatest.merge(scaleName(curve), greatest(curve), LineView::greater);
        }
        byName.keySet().retainAll(greatest.keySet());
        for (Curve curve : curves()) {
            String name = scaleName(curve);
            double value = greatest.getOrDefault(name, Double.NaN);
            Scale before = byName.get(name);
            byName.put(
                    name,
                    before == null || before.measure() != curve.measure()
                            ? Scale.of(curve.measure(), value, intervals)
                            : before.next(value, intervals));
        }
    }

    private static double greater(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }

    private String scaleName(Curve curve) {
        return scales == LinePlot.Scales.ONE ? curve.measure().name() : curve.name();
    }

    private Scale scale(Curve curve) {
        Scale scale = byName.get(scaleName(curve));
        return scale == null ? Scale.of(curve.measure(), Double.NaN, intervals) : scale;
    }

    /** The axis on the left is that of the first curve. */
    private Scale leading() {
        return curves().isEmpty()
                ? Scale.of(Measure.COUNT, Double.NaN, intervals)
                : scale(curves().getFirst());
    }

    private boolean onAxis(Curve curve) {
        return scales == LinePlot.Scales.ONE && scale(curve).equals(leading());
    }

    @Override
    public Picture picture() {
        TimeWindow window = window();
        if (window == null) {
            return Picture.NOTHING;
        }
        List<LinePicture.Line> lines = new ArrayList<>();
        for (Curve curve : curves().reversed()) {
            lines.add(
                    new LinePicture.Line(
                            Trace.of(curve.series(), window),
                            scale(curve),
                            curve.color(),
                            curve.stroke()));
        }
        return new LinePicture(lines, leading());
    }

    @Override
    public List<YLabel> yLabels() {
        if (scales == LinePlot.Scales.EACH) {
            return List.of();
        }
        Scale scale = leading();
        return scale.ticks().stream()
                .map(tick -> new YLabel(tick / scale.top(), scale.label(tick)))
                .toList();
    }

    @Override
    public double yLabelWidth() {
        return scales == LinePlot.Scales.EACH ? 0 : 40;
    }

    @Override
    public String rangeText() {
        return leading().range();
    }

    @Override
    public Reading reading(double secondsBefore, double height) {
        return new Reading(
                worded(secondsBefore),
                ownCurves().stream()
                        .map(c -> row(c, Key.shapeOf(c), valueAt(c, secondsBefore), secondsBefore))
                        .toList());
    }

    @Override
    public List<Legend.Entry> legend() {
        List<Legend.Entry> entries = new ArrayList<>();
        for (Curve curve : ownCurves()) {
            entries.add(new Legend.Entry(curve.color(), Key.shapeOf(curve), named(curve)));
        }
        return entries;
    }

    /** A curve that the axis does not measure says its value and its scale. */
    private String named(Curve curve) {
        if (onAxis(curve)) {
            return curve.name();
        }
        double now = latest(curve.series());
        String value = Double.isNaN(now) ? "" : " " + curve.measure().worded(now);
        return curve.name() + value + " (" + scale(curve).range() + ")";
    }

    @Override
    public String unitText() {
        return leading().unit().name();
    }

    @Override
    public String valueText() {
        if (curves().isEmpty()) {
            return "";
        }
        Curve first = curves().getFirst();
        return first.measure().worded(latest(first.series()));
    }
}
