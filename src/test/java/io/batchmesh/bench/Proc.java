package io.batchmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that the benchmark started, ended with it. */
final class Proc implements AutoCloseable {
    private static final int CONNECT_TRIES = 300;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final String name;
    private final Process process;
    private final Path log;

    private Proc(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a process on one processor; its output goes into a file of the directory. */
    static Proc start(String name, Place place, List<String> command) {
        var log = place.directory().resolve(name + ".log");
        var whole = new ArrayList<>(place.pin());
        whole.addAll(command);
        try {
            var process =
                    new ProcessBuilder(whole)
                            .directory(place.directory().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            return new Proc(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it listens on a port of loopback. */
    Proc listening(int port) throws InterruptedException {
        for (int i = 0; i < CONNECT_TRIES && process.isAlive(); i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return this;
            } catch (IOException e) {
                boolean ended = process.waitFor(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
                if (ended) {
                    break;
                }
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(name + " does not listen: " + tail());
    }

    private String tail() {
        try {
            var text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 600)).strip();
        } catch (IOException e) {
            return "and " + log + " cannot be read";
        }
    }

    /** Lets all of its threads run where proxies run, once its code is compiled. */
    void pin(Place place) {
        if (place.processor() >= 0) {
            Tools.firstLine(
                    "taskset", "-a", "-c", "-p", place.processor() + "", Long.toString(pid()));
        }
    }

    /** Lets all of its threads run on any processor. */
    void spread() {
        var all = "0-" + (Runtime.getRuntime().availableProcessors() - 1);
        Tools.firstLine("taskset", "-a", "-c", "-p", all, Long.toString(pid()));
    }

    /** User and system time that it has used so far. */
    Duration cpu() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(name + " has ended: " + tail()));
    }

    /** Resident memory, in bytes. */
    long residentBytes() {
        return statusKilobytes("VmRSS:") << 10;
    }

    private long statusKilobytes(String field) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            throw new IllegalStateException(field + " is missing");
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
