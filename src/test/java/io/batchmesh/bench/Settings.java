package io.batchmesh.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the benchmark runs, from system properties.
 *
 * @param quick a few short rounds, for a first look
 * @param rows the numbers of the rows to measure; empty for all
 * @param output where processes keep their files and the result is written
 * @param program the arguments of {@code java} that name the sidecar
 * @param flags more flags for the sidecars
 */
record Settings(
        boolean quick, List<String> rows, Path output, List<String> program, List<String> flags) {
    static Settings ofProperties() {
        var jar = System.getProperty("bench.jar", "");
        var rows = System.getProperty("bench.rows", "");
        var flags = System.getProperty("bench.flags", "");
        return new Settings(
                isSet("bench.quick"),
                rows.isEmpty() ? List.of() : List.of(rows.split(",", -1)),
                Path.of(System.getProperty("bench.output", "target/bench")).toAbsolutePath(),
                jar.isEmpty()
                        ? List.of(
                                "-cp",
                                absolute(System.getProperty("java.class.path")),
                                "io.batchmesh.app.Main")
                        : List.of("-jar", Path.of(jar).toAbsolutePath().toString()),
                flags.isEmpty() ? List.of() : List.of(flags.split(" ", -1)));
    }

    static String absolute(String path) {
        var parts = path.split(java.io.File.pathSeparator, -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Path.of(parts[i]).toAbsolutePath().toString();
        }
        return String.join(java.io.File.pathSeparator, parts);
    }

    private static boolean isSet(String property) {
        var value = System.getProperty(property);
        return value != null && !value.equals("false");
    }

    /** Whether the result is worth being shown. */
    boolean whole() {
        return rows.isEmpty() && !quick;
    }

    /** Whether a row about the sidecar is wanted: 1 to 9. */
    boolean wantsSidecar() {
        return rows.isEmpty() || rows.stream().anyMatch(r -> r.length() == 1);
    }

    boolean wants(String row) {
        return rows.isEmpty() || rows.contains(row);
    }

    int rounds() {
        return quick ? 3 : 5;
    }

    Duration warmUp() {
        return Duration.ofSeconds(Integer.getInteger("bench.warm", quick ? 0 : 4));
    }

    /** How often each way of ours is driven for five seconds before anything is measured. */
    int warmTurns() {
        return Integer.getInteger("bench.warmTurns", quick ? 1 : 6);
    }

    Duration run() {
        return Duration.ofSeconds(quick ? 1 : 3);
    }
}
