package io.batchmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Load in a closed loop, by wrk.
 *
 * @param script what requests are like and how the result is printed
 * @param arguments for the script
 */
record Wrk(Place place, Path script, List<String> arguments, int connections) {
    private static final Pattern RESULT = Pattern.compile("BENCH" + " (\\d+)".repeat(9));

    Sample run(Variant variant, Duration time) {
        var cpu = variant.cpu();
        long bytes = variant.wireBytes().getAsLong();
        var output = output(variant, time);
        var used = variant.cpu().minus(cpu);
        var found = RESULT.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("wrk against " + variant.name() + ": " + output);
        }
        long requests = number(found, 1);
        double seconds = number(found, 2) / 1e6;
        return new Sample(
                requests / seconds,
                number(found, 3) / 1e6,
                number(found, 4) / 1e6,
                used.toNanos() / 1e9 / Math.max(1, requests),
                (variant.wireBytes().getAsLong() - bytes) / (double) Math.max(1, requests),
                new Errors(
                        number(found, 5),
                        number(found, 6),
                        number(found, 7),
                        number(found, 8),
                        number(found, 9)));
    }

    private static long number(Matcher found, int group) {
        return Long.parseLong(found.group(group));
    }

    private String output(Variant variant, Duration time) {
        var command = new ArrayList<>(place.pin());
        command.addAll(
                List.of(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + time.toSeconds() + "s",
                        "--timeout",
                        "30s",
                        "-H",
                        "Host: " + variant.host(),
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + variant.port() + "/"));
        command.add("--");
        command.add(variant.host());
        command.addAll(arguments);
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
