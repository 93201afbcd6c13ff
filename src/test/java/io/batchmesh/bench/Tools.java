package io.batchmesh.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs of other people that are needed, and where they come from. */
final class Tools {
    /** Without these nothing can be measured; by the Debian package that has them. */
    private static final Map<String, String> NEEDED =
            Map.of(
                    "wrk", "wrk",
                    "h2load", "nghttp2-client",
                    "nginx", "nginx-light",
                    "taskset", "util-linux");

    private Tools() {}

    /** Why nothing can be measured; empty when all is there. */
    static String missing() {
        var packages =
                NEEDED.entrySet().stream()
                        .filter(e -> find(e.getKey()) == null)
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
        return packages.isEmpty()
                ? ""
                : "The benchmark needs these packages: " + String.join(" ", packages);
    }

    static boolean has(String program) {
        return find(program) != null;
    }

    static @org.jspecify.annotations.Nullable Path find(String program) {
        var directories = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
        directories.add("/usr/sbin");
        return directories.stream()
                .map(d -> Path.of(d, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** The first line that a command prints, or why there is none. */
    static String firstLine(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getInputStream()) {
                var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return text.lines().findFirst().orElse("").strip();
            }
        } catch (IOException e) {
            return "not installed";
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
