package io.batchmesh.observe;

import io.batchmesh.observe.PrometheusAnswer.Failed;
import io.batchmesh.observe.PrometheusAnswer.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/**
 * Asks a Prometheus server, or a store that speaks its HTTP API, such as VictoriaMetrics or Thanos.
 * Queries are sent as forms, since they may be long. Each call ends within its deadline, and reads
 * no more than its bounds. Safe for any number of threads.
 *
 * <p>Source: Prometheus, "HTTP API", prometheus.io/docs/prometheus/latest/querying/api.
 */
public final class PrometheusApi {
    private final OkHttpClient client;
    private final HttpUrl base;
    private final Limits limits;
    private final PrometheusJson json;

    /**
     * Bounds of a call.
     *
     * @param deadline from the connection to the last byte; told to the server as well
     * @param bodyBytes after decompression
     * @param series of one answer
     */
    public record Limits(Duration deadline, int bodyBytes, int series) {
        /** 10 s, 16 MiB, 50,000 series. */
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 16 << 20, 50_000);
    }

    /**
     * One for a server.
     *
     * @param client with its credentials and authorities; not closed
     * @param address such as {@code http://127.0.0.1:9090}; a path in it stays in front
     * @throws IllegalArgumentException when the address is not http or https
     */
    public PrometheusApi(OkHttpClient client, URI address, Limits limits) {
        var url = HttpUrl.parse(address.toString());
        if (url == null) {
            throw new IllegalArgumentException("not an http or https address: " + address);
        }
        this.base = url.newBuilder().username("").password("").query(null).fragment(null).build();
        this.limits = limits;
        this.json = new PrometheusJson(limits.series());
        this.client =
                client.newBuilder()
                        .followRedirects(false)
                        .callTimeout(limits.deadline())
                        .readTimeout(limits.deadline())
                        .build();
    }

    /** Host and port, to be shown. */
    public String place() {
        return base.host() + ":" + base.port();
    }

    /** The bounds of each call. */
    public Limits limits() {
        return limits;
    }

    /** Evaluates a query at the moment that it is for the server. */
    public PrometheusAnswer query(String query) {
        return run("query", form(query));
    }

    /**
     * Evaluates a query at a moment.
     *
     * @param at by the clock of the server
     */
    public PrometheusAnswer query(String query, Instant at) {
        return run("query", form(query).add("time", seconds(at)));
    }

    /**
     * Evaluates a query at several moments.
     *
     * @param from by the clock of the server
     * @param step at least {@code (to - from) / 11,000}, which is what servers allow
     */
    public PrometheusAnswer range(String query, Instant from, Instant to, Duration step) {
        return run(
                "query_range",
                form(query)
                        .add("start", seconds(from))
                        .add("end", seconds(to))
                        .add("step", Double.toString(step.toMillis() / 1000.0)));
    }

    /** The version of the server; nothing where it does not tell. */
    public Optional<String> version() {
        var request = new Request.Builder().url(url("status/buildinfo")).build();
        return call(request) instanceof Said said
                ? Optional.of(said.root.at("/data/version").asString("")).filter(v -> !v.isEmpty())
                : Optional.empty();
    }

    private static String seconds(Instant instant) {
        return "%d.%03d".formatted(instant.getEpochSecond(), instant.getNano() / 1_000_000);
    }

    private FormBody.Builder form(String query) {
        return new FormBody.Builder()
                .add("query", query)
                .add("timeout", limits.deadline().toMillis() + "ms");
    }

    private HttpUrl url(String call) {
        return base.newBuilder().addPathSegments("api/v1/" + call).build();
    }

    private PrometheusAnswer run(String call, FormBody.Builder form) {
        return switch (call(new Request.Builder().url(url(call)).post(form.build()).build())) {
            case Said said -> json.rows(said.root);
            case Silent silent -> silent.failed;
        };
    }

    private sealed interface Heard {}

    private record Said(JsonNode root) implements Heard {}

    private record Silent(Failed failed) implements Heard {}

    private Heard call(Request request) {
        var call = client.newCall(request);
        try (var response = call.execute()) {
            return read(response);
        } catch (io.batchmesh.target.Access.SecretException e) {
            return silent(Fault.REFUSED, Reasons.firstLine(e));
        } catch (InterruptedIOException e) {
            return silent(
                    Fault.UNREACHABLE,
                    "no complete answer within " + limits.deadline().toMillis() + " ms");
        } catch (IOException e) {
            return silent(Fault.UNREACHABLE, Reasons.of(e, call));
        }
    }

    private Heard read(Response response) throws IOException {
        var status = response.code();
        if (status == 401 || status == 403) {
            return silent(
                    Fault.REFUSED,
                    "answers with HTTP status " + status + ": it wants other credentials");
        }
        if (status / 100 == 3) {
            return silent(
                    Fault.UNREADABLE,
                    "answers with HTTP status " + status + ": redirections are not followed");
        }
        var source = response.body().source();
        if (source.request(limits.bodyBytes() + 1L)) {
            return silent(
                    Fault.TOO_MUCH, "answers with more than " + limits.bodyBytes() + " bytes");
        }
        var root = PrometheusJson.parse(source.readByteArray());
        if (root.isEmpty()) {
            return silent(
                    Fault.UNREADABLE,
                    "answers with HTTP status %d and no JSON: is it a Prometheus server?"
                            .formatted(status));
        }
        return PrometheusJson.failure(status, root.get())
                .<Heard>map(Silent::new)
                .orElseGet(() -> new Said(root.get()));
    }

    private static Heard silent(Fault fault, String reason) {
        return new Silent(new Failed(fault, reason));
    }
}
