package io.batchmesh.proxy;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ProxyConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A sidecar in a process of its own, as {@code proxy --config FILE} starts it. */
final class ProxyProcess implements AutoCloseable {
    private static final String MAIN = "io.batchmesh.app.Main";
    private static final List<String> FLAGS =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final Path errors;
    private final String outbound;
    private final String inbound;
    private final URI admin;

    private ProxyProcess(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        var text = document(process);
        if (text == null) {
            throw new IOException("it did not start: " + Files.readString(errors));
        }
        var said = new JsonMapper().readTree(text);
        this.outbound = said.get("outbound").stringValue();
        this.inbound = said.get("inbound").stringValue();
        this.admin = URI.create(said.get("admin").stringValue());
    }

    /** Starts one and waits until it listens. */
    static ProxyProcess start(Path directory, ProxyConfig config, String... options)
            throws IOException {
        var errors = Files.createTempFile(directory, "proxy", ".log");
        var state = directory.resolve("state-" + config.proxy());
        return new ProxyProcess(launch(directory, config, errors, state, options), errors);
    }

    /** Starts several with the same config, each with a state of its own. */
    static List<ProxyProcess> startAll(Path directory, ProxyConfig config, int count)
            throws IOException {
        var launched = new ArrayList<Process>();
        var logs = new ArrayList<Path>();
        for (int i = 0; i < count; i++) {
            var errors = Files.createTempFile(directory, "proxy", ".log");
            logs.add(errors);
            var state = Files.createTempDirectory(directory, "state");
            launched.add(launch(directory, config, errors, state));
        }
        var started = new ArrayList<ProxyProcess>();
        for (int i = 0; i < count; i++) {
            started.add(new ProxyProcess(launched.get(i), logs.get(i)));
        }
        return started;
    }

    private static Process launch(
            Path directory, ProxyConfig config, Path errors, Path state, String... options)
            throws IOException {
        var file = Files.createTempFile(directory, "proxy", ".json");
        Files.writeString(file, ConfigJson.pretty(config));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "proxy"));
        command.addAll(List.of("--json", "--config", file.toString()));
        command.addAll(List.of("--state", state.toString()));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    private static @Nullable String document(Process process) throws IOException {
        // Not closed: the process goes on.
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var all = new StringBuilder();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            all.append(line).append('\n');
            if (line.equals("}")) {
                return all.toString();
            }
        }
        return null;
    }

    String inbound() {
        return inbound;
    }

    InetSocketAddress outboundAddress() {
        int colon = outbound.lastIndexOf(':');
        return new InetSocketAddress(
                outbound.substring(0, colon), Integer.parseInt(outbound.substring(colon + 1)));
    }

    /** A page of the admin endpoint. */
    String page(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(admin.resolve(path)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Puts a config in force; the status. */
    int push(ProxyConfig config) throws IOException, InterruptedException {
        var now = HttpRequest.newBuilder(admin.resolve("/config")).build();
        var tag =
                CLIENT.send(now, HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("etag")
                        .orElse("*");
        var put =
                HttpRequest.newBuilder(admin.resolve("/config"))
                        .header("content-type", "application/json")
                        .header("if-match", tag)
                        .PUT(HttpRequest.BodyPublishers.ofString(ConfigJson.pretty(config)))
                        .build();
        return CLIENT.send(put, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** Bytes of the objects that are in use, after a full collection. */
    long liveHeap() throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var command = List.of(jcmd, Long.toString(process.pid()), "GC.class_histogram");
        var asked = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = asked.inputReader()) {
            var said = out.readAllAsString();
            var total = said.lines().filter(line -> line.startsWith("Total")).findFirst();
            return total.map(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                    .orElseThrow(() -> new IOException(said));
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean running() {
        return process.isAlive();
    }

    /** Its exit code, or -1 when it does not end in time. */
    int exitCode(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What it wrote to standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
