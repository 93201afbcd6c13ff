package io.batchmesh.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * How often and for how long is measured.
 *
 * @param rounds runs of each variant
 * @param warmUp load before the first one
 * @param run length of one
 */
record Rounds(int rounds, Duration warmUp, Duration run, PrintStream out) {
    /** Drives processes until their code is compiled. */
    void compile(Wrk load, Variant variant, int turns) {
        for (int i = 0; i < turns; i++) {
            var sample = load.run(variant, TURN);
            out.println(line("warming " + variant.name(), sample));
        }
    }

    /** Runs the variants in turns, A B C A B C, so that what disturbs one disturbs all. */
    Measured measure(String title, Wrk load, List<Variant> variants) {
        for (var variant : variants) {
            if (warmUp.isPositive()) {
                load.run(variant, warmUp);
            }
        }
        var runs = new LinkedHashMap<String, List<Sample>>();
        for (int i = 0; i < rounds; i++) {
            for (var variant : variants) {
                var sample = load.run(variant, run);
                runs.computeIfAbsent(variant.name(), n -> new ArrayList<>()).add(sample);
            }
        }
        var medians = new LinkedHashMap<String, Sample>();
        out.println(title);
        runs.forEach((name, samples) -> {
            var median = Sample.median(samples);
            medians.put(name, median);
            out.println(line(name, median));
        });
        return new Measured(title, medians);
    }

    private static final Duration TURN = Duration.ofSeconds(5);

    static String line(String name, Sample sample) {
        return String.format(
                Locale.ROOT,
                "  %-34s %8.0f/s  p50 %7.2f ms  p99 %8.2f ms  cpu %6.1f us/req  wire %6.0f B"
                        + "  errors %s",
                name,
                sample.rate(),
                sample.p50() * 1e3,
                sample.p99() * 1e3,
                sample.cpu() * 1e6,
                sample.wireBytes(),
                sample.errors());
    }
}
