package io.batchmesh.mesh;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a local mesh is started as a process of its own.
 *
 * @param java the Java that runs it
 * @param classPath where the program is: class folders and jars, or its one jar
 * @param file the topology file
 * @param rate requests per second of all links with a rate, or null for those of the file
 * @param fleet how many simulated proxies instead of sidecars, or null for none
 * @param readyWithin how long it may take until all of it runs
 */
public record MeshLaunch(
        Path java,
        String classPath,
        Path file,
        @Nullable Double rate,
        @Nullable Integer fleet,
        Duration readyWithin) {
    private static final String MAIN = "io.batchmesh.app.Main";

    /** The mesh of a file, by the Java and the program that run here. */
    public static MeshLaunch of(Path file) {
        return new MeshLaunch(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                absolute(System.getProperty("java.class.path")),
                file.toAbsolutePath(),
                null,
                null,
                Duration.ofSeconds(60));
    }

    public MeshLaunch withRate(@Nullable Double rate) {
        return new MeshLaunch(java, classPath, file, rate, fleet, readyWithin);
    }

    /** Simulated proxies in place of sidecars, or sidecars where null. */
    public MeshLaunch withFleet(@Nullable Integer fleet) {
        return new MeshLaunch(java, classPath, file, rate, fleet, readyWithin);
    }

    /** A fleet has the configs of all its proxies in memory, a few for each. */
    private String heap() {
        return fleet == null ? "-Xmx256m" : "-Xmx768m";
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * The command line. The quick compiler alone is used: a mesh is young most of its life, and
     * shares the machine with the desktop that watches it.
     */
    List<String> command() {
        var command =
                new ArrayList<>(
                        List.of(
                                java.toString(),
                                heap(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                classPath,
                                MAIN,
                                "mesh",
                                file.toString(),
                                "--child"));
        if (rate != null) {
            command.add("--rate");
            command.add(rate.toString());
        }
        if (fleet != null) {
            command.add("--fleet");
            command.add(fleet.toString());
        }
        return List.copyOf(command);
    }
}
