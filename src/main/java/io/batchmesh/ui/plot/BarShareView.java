package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Formats;
import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shares of the sum of all curves, per stretch of time. */
final class BarShareView extends CurveView {
    private static final double BAR_WIDTH = 8;

    private double width = 300;

    @Override
    public void fit(double frameWidth, double height) {
        width = frameWidth;
    }

    private @Nullable TimeBins bins() {
        TimeWindow window = window();
        return window == null ? null : TimeBins.of(window, width, BAR_WIDTH);
    }

    /** By stretch of time, then by curve; empty where nothing is known or nothing happened. */
    List<double[]> shares(TimeBins bins) {
        double[][] shares = new double[bins.count()][];
        for (int bin = 0; bin < shares.length; bin++) {
            shares[bin] = new double[0];
        }
        for (int i = 0; i < curves().size(); i++) {
            Curve curve = curves().get(i);
            for (int at = 0; at < curve.series().size(); at++) {
                int bin = bins.of(curve.series().millis(at));
                double value = curve.series().value(at);
                if (bin >= 0 && bin < shares.length && value > 0) {
                    if (shares[bin].length == 0) {
                        shares[bin] = new double[curves().size()];
                    }
                    shares[bin][i] += value;
                }
            }
        }
        for (double[] bin : shares) {
            double sum = HeatGrid.total(bin);
            for (int i = 0; i < bin.length; i++) {
                bin[i] /= sum;
            }
        }
        return List.of(shares);
    }

    @Override
    public boolean empty() {
        return curves().stream().noneMatch(curve -> greatest(curve) > 0);
    }

    @Override
    public Picture picture() {
        TimeBins bins = bins();
        return bins == null ? Picture.NOTHING : new BarPicture(bins, shares(bins), colors());
    }

    private List<Swatch> colors() {
        return curves().stream().map(Curve::color).toList();
    }

    @Override
    public List<YLabel> yLabels() {
        return List.of();
    }

    @Override
    public double yLabelWidth() {
        return 0;
    }

    @Override
    public String rangeText() {
        return "0 – 100 %";
    }

    @Override
    public Reading reading(double secondsBefore, double height) {
        TimeBins bins = bins();
        TimeWindow window = window();
        List<Reading.Row> rows = new ArrayList<>();
        if (bins == null || window == null) {
            return new Reading("", rows);
        }
        List<double[]> shares = shares(bins);
        int bin = Math.clamp(bins.of(window.millisBefore(secondsBefore)), 0, shares.size() - 1);
        double[] parts = shares.get(bin);
        for (int i = curves().size() - 1; i >= 0; i--) {
            double share = parts.length == 0 ? Double.NaN : parts[i];
            Curve curve = curves().get(i);
            rows.add(
                    new Reading.Row(
                            curve.color(),
                            Key.Shape.AREA,
                            curve.name(),
                            Formats.fixed(Formats.share(share), 6)));
        }
        return new Reading(bins.worded(secondsBefore), rows);
    }

    @Override
    public List<Legend.Entry> legend() {
        return curves().stream()
                .filter(curve -> greatest(curve) > 0)
                .map(curve -> new Legend.Entry(curve.color(), Key.Shape.AREA, curve.name()))
                .toList();
    }

    @Override
    public String unitText() {
        return "share";
    }

    @Override
    public String valueText() {
        double[] now = sharesNow();
        int most = 0;
        for (int i = 1; i < now.length; i++) {
            most = now[i] > now[most] ? i : most;
        }
        return now.length == 0
                ? Formats.UNKNOWN
                : curves().get(most).name() + " " + Formats.share(now[most]);
    }

    @Override
    public String describe() {
        double[] now = sharesNow();
        return now.length == 0
                ? "nothing now"
                : IntStream.range(0, now.length)
                        .filter(i -> now[i] > 0)
                        .mapToObj(i -> curves().get(i).name() + " " + Formats.share(now[i]))
                        .collect(Collectors.joining(", "));
    }

    private double[] sharesNow() {
        double[] now = new double[curves().size()];
        for (int i = 0; i < now.length; i++) {
            double value = latest(curves().get(i).series());
            now[i] = value > 0 ? value : 0;
        }
        double sum = HeatGrid.total(now);
        for (int i = 0; i < now.length; i++) {
            now[i] /= sum;
        }
        return sum > 0 ? now : new double[0];
    }
}
