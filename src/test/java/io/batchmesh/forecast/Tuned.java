package io.batchmesh.forecast;

import java.util.ArrayList;
import java.util.List;

/** The tuner of the sidecar, step by step as it is there; times in seconds. */
final class Tuned {
    private final List<Double> times = new ArrayList<>();
    private double begun = Double.NaN;
    private double linger;

    double linger() {
        return linger;
    }

    void observe(double time, double now, double target) {
        if (Double.isNaN(begun)) {
            begun = now;
        }
        times.add(time);
        if (times.size() >= 50 && now - begun >= 0.25) {
            adjust(target, times.size() / (now - begun));
            begun = now;
            times.clear();
        }
    }

    private void adjust(double target, double rate) {
        double step = target / 40;
        double p99 =
                end(SimulatedLink.quantile(times.stream().mapToDouble(d -> d).toArray(), 0.99));
        if (p99 > target) {
            linger *= 0.7;
        } else if (rate * (linger + step) < 1) {
            linger = Math.max(0, linger - step);
        } else if (p99 < target * 0.9) {
            linger = Math.min(linger + step, target / 2);
        }
    }

    private static double end(double seconds) {
        double octave = Math.pow(2, Math.floor(Math.log(seconds * 1e9) / Math.log(2)));
        return (seconds * 1e9 < 1.5 * octave ? 1.5 : 2) * octave / 1e9;
    }
}
