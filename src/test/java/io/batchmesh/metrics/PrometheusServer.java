package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus server of its own, started on data that {@code promtool} has written for it. */
public final class PrometheusServer implements AutoCloseable {
    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Where a program is: in the folder {@code -Dprometheus.home} names, or on the path. */
    private static Optional<Path> program(String name) {
        var folders =
                System.getProperty("prometheus.home", "")
                        + File.pathSeparator
                        + System.getenv().getOrDefault("PATH", "");
        return Stream.of(folders.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where a program of Prometheus is. */
    public static Path installed(String name) throws IOException {
        return program(name)
                .orElseThrow(() ->
                        new IOException(
                                name
                                        + " is not installed: apt-get install prometheus, or"
                                        + " name its folder with -Dprometheus.home"));
    }

    /** Starts one that knows the samples of an OpenMetrics text, each with its timestamp. */
    public static PrometheusServer on(String openMetrics, Path folder)
            throws IOException, InterruptedException {
        var text = Files.writeString(folder.resolve("samples.om"), openMetrics);
        var data = folder.resolve("data");
        run(
                folder,
                installed("promtool").toString(),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                text.toString(),
                data.toString());
        var settings = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
        var port = freePort();
        var process =
                new ProcessBuilder(
                                installed("prometheus").toString(),
                                "--config.file=" + settings,
                                "--storage.tsdb.path=" + data,
                                "--storage.tsdb.retention.time=100y",
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("server.log").toFile())
                        .start();
        var server = new PrometheusServer(process, URI.create("http://127.0.0.1:" + port));
        server.awaitReady(folder.resolve("server.log"));
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path folder, String... command)
            throws IOException, InterruptedException {
        var log = folder.resolve("promtool.log");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertEquals(0, process.waitFor(), Files.readString(log));
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (get("/-/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            LockSupport.parkNanos(50_000_000);
        }
        close();
        throw new IllegalStateException(Files.readString(log));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Where it answers. */
    public URI address() {
        return address;
    }

    public String version() throws IOException, InterruptedException {
        return json("/api/v1/status/buildinfo").at("/data/version").asString();
    }

    /** The result of an instant query: an array of series with a value each. */
    public JsonNode query(String query, double seconds) throws IOException, InterruptedException {
        var encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return json("/api/v1/query?query=" + encoded + "&time=" + seconds).at("/data/result");
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        var answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
