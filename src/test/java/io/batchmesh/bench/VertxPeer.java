package io.batchmesh.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** vertx-http-proxy, from a folder of jars, as a program of one source file. */
record VertxPeer(Lab lab, Path jars) {
    boolean isThere() {
        return Files.isDirectory(jars);
    }

    Variant.Hop start(String name, int to) throws InterruptedException {
        int port = Lab.freePort();
        var source = lab.resource("VertxProxy.java.txt");
        var program = source.resolveSibling("VertxProxy.java");
        try {
            Files.copy(source, program, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var command =
                List.of(
                        Sidecars.java(),
                        "-XX:+UseSerialGC",
                        "-Xms256m",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        jars.toAbsolutePath() + "/*",
                        program.toString(),
                        Integer.toString(port),
                        Integer.toString(to));
        return new Variant.Hop(port, lab.cold(name, port, command));
    }
}
