package io.batchmesh.bench;

import io.batchmesh.bench.Sidecars.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How much memory a sidecar takes, in a pair that has done nothing else. */
final class Memory {
    private static final int CLIENTS = 50;
    private static final int RATE = 5000;
    private static final double MB = 1e6;
    private static final Pattern RESULT = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");

    private final Lab lab;
    private final Settings settings;
    private final Report report;

    Memory(Lab lab, Settings settings, Report report) {
        this.lab = lab;
        this.settings = settings;
        this.report = report;
    }

    void measure(int service) throws InterruptedException {
        var sidecars = new Sidecars(lab, settings);
        var called = sidecars.called("memory-called", service);
        var caller =
                sidecars.caller(
                        "memory-caller",
                        List.of(new Link("127.0.0.1", called.port(), true, Bed.AUTO)));
        rest();
        double idle = most(caller, called);
        report.add(Check.atMost("8", "memory of an idle sidecar", idle, 120, 64).in("MB"));
        var minute = Duration.ofSeconds(settings.quick() ? 8 : 60);
        double rate = load(caller.port(), minute);
        double busy = most(caller, called);
        var what = "memory at %,.0f requests/s of %,d".formatted(rate, RATE);
        report.add(Check.atMost("8", what, busy, 200, 200).in("MB"));
        double before = heap(caller) + heap(called);
        load(caller.port(), minute);
        double after = heap(caller) + heap(called);
        report.add(
                Check.atMost(
                        "9", "live heap after two minutes against one", after / before, 1.02, 1));
        report.note(
                "Live heap of both sidecars together: %.2f MB after the first minute, %.2f MB after the second."
                        .formatted(before / MB, after / MB));
    }

    private static void rest() throws InterruptedException {
        TimeUnit.SECONDS.sleep(3);
    }

    private static double most(Variant.Hop one, Variant.Hop other) {
        return Math.max(one.process().residentBytes(), other.process().residentBytes()) / MB;
    }

    /** Requests at a fixed rate; how many a second were answered. */
    private double load(int port, Duration time) {
        var command = new ArrayList<>(lab.loadSide().pin());
        command.addAll(
                List.of(
                        "h2load",
                        "--h1",
                        "-c" + CLIENTS,
                        "-t1",
                        "--rps=" + RATE / CLIENTS,
                        "-n" + RATE * time.toSeconds(),
                        "http://127.0.0.1:" + port + "/"));
        var output = output(command);
        var answered = RESULT.matcher(output);
        if (!answered.find() || !output.contains(" 0 4xx, 0 5xx")) {
            throw new IllegalStateException("h2load: " + output);
        }
        return Double.parseDouble(answered.group(1));
    }

    /** Bytes of the objects that are in use. */
    private static double heap(Variant.Hop hop) {
        var output =
                output(
                        List.of(
                                Sidecars.tool("jcmd"),
                                Long.toString(hop.process().pid()),
                                "GC.class_histogram"));
        var total =
                output.lines()
                        .filter(l -> l.startsWith("Total"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("jcmd: " + output));
        return Double.parseDouble(total.strip().split("\\s+")[2]);
    }

    private static String output(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
