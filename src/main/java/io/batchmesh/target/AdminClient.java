package io.batchmesh.target;

import io.batchmesh.admin.HeaderText;
import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapParameters;
import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.quantity.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Speaks to admin endpoints. All calls wait for their answer, within bounds, so they belong on
 * virtual threads; none throws for what a proxy does or fails to do. Safe for use by several
 * threads.
 */
public final class AdminClient {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Pattern TAG = Pattern.compile("\"([0-9a-f]{64})\"");
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_HISTORY = 100;

    private final Exchange exchange;

    /**
     * @param http shared; redirects and second tries are switched off here
     * @param token the bearer token that every proxy of the target gets, or null for none
     */
    public AdminClient(OkHttpClient http, ClientLimits limits, @Nullable String token) {
        this.exchange = new Exchange(http, limits, token);
    }

    /**
     * A client with the bounds of every day.
     *
     * @throws CertificateFault when a file of the access cannot be used
     */
    public static AdminClient with(OkHttpClient http, AdminAccess access, Instant now)
            throws CertificateFault {
        var secured = SecuredHttp.of(http, access.files(), now);
        return new AdminClient(secured, ClientLimits.DEFAULT, access.token());
    }

    /** A client with the bounds of every day that shows no token. */
    public static AdminClient of(OkHttpClient http) {
        return new AdminClient(http, ClientLimits.DEFAULT, null);
    }

    /** The config that a proxy runs. */
    public Reading<RunningConfig> config(ProxyEndpointRef proxy) {
        return config(proxy, "/config");
    }

    /** A config that a proxy ran lately. */
    public Reading<RunningConfig> config(ProxyEndpointRef proxy, ConfigVersion version) {
        return config(proxy, "/config/history/" + version.hash());
    }

    private Reading<RunningConfig> config(ProxyEndpointRef proxy, String path) {
        return switch (exchange.read(proxy.admin(), path)) {
            case Exchange.Outcome.Failed f -> failed(f);
            case Exchange.Outcome.Answered a when a.status() == 404 && problem(a) ->
                    new Reading.None<>();
            case Exchange.Outcome.Answered a when a.status() != 200 -> refused(a);
            case Exchange.Outcome.Answered a -> config(a);
        };
    }

    /** Other programs answer 404 too; only ours says why. */
    private static boolean problem(Exchange.Outcome.Answered answer) {
        var type = answer.headers().get("content-type");
        return type != null && type.startsWith("application/problem+json");
    }

    private static Reading<RunningConfig> config(Exchange.Outcome.Answered answer) {
        return switch (ConfigJson.read(answer.body())) {
            case ConfigResult.Invalid invalid ->
                    new Reading.Unreadable<>(
                            "the answer is no config: "
                                    + Foreign.text(invalid.faults().getFirst().describe()));
            case ConfigResult.Valid valid -> {
                var said = tag(answer);
                yield said != null && !said.equals(valid.version())
                        ? new Reading.Unreadable<>(
                                "it says version %s, but its config is %s"
                                        .formatted(said.brief(), valid.version().brief()))
                        : new Reading.Got<>(
                                new RunningConfig(valid.config(), valid.version(), stamp(answer)));
            }
        };
    }

    private static @Nullable ConfigVersion tag(Exchange.Outcome.Answered answer) {
        var tag = answer.headers().get("etag");
        var found = TAG.matcher(tag == null ? "" : tag);
        return found.matches() ? new ConfigVersion(found.group(1)) : null;
    }

    private static RunningConfig.Stamp stamp(Exchange.Outcome.Answered answer) {
        var state = answer.text("batchmesh-state");
        return new RunningConfig.Stamp(
                answer.text("batchmesh-push"),
                answer.text("batchmesh-author"),
                answer.text("batchmesh-identity"),
                answer.text("batchmesh-revision"),
                state == null ? "confirmed" : state);
    }

    private static <T> Reading<T> failed(Exchange.Outcome.Failed failed) {
        return failed.garbage()
                ? new Reading.Unreadable<>(failed.reason())
                : new Reading.Unreachable<>(failed.reason());
    }

    private static <T> Reading<T> refused(Exchange.Outcome.Answered answer) {
        int status = answer.status();
        var why =
                switch (status) {
                    case 401 -> wanted(answer);
                    case 403 -> "it does not let us in (403)";
                    default ->
                            status >= 300 && status < 400
                                    ? "it points elsewhere (" + status + "), which is not followed"
                                    : "it answered with status " + status;
                };
        return new Reading.Unreadable<>(why);
    }

    private static String wanted(Exchange.Outcome.Answered answer) {
        var problem = Foreign.object(answer.body());
        var detail = problem == null ? "" : Foreign.text(problem, "detail", "");
        if (!detail.contains("certificate")) {
            return "it wants a bearer token";
        }
        return detail.contains("Bearer")
                ? "it wants a bearer token or a client certificate"
                : "it wants a client certificate";
    }

    /** Gives a proxy a config. */
    public PutResult put(ProxyEndpointRef proxy, PutOrder order) {
        var within = order.confirmWithin();
        var query = within == null ? "" : "?confirmWithin=" + Durations.format(within);
        return put(proxy, "/config" + query, order);
    }

    /** Asks a proxy whether it would take a config; changes nothing. */
    public PutResult dryRun(ProxyEndpointRef proxy, PutOrder order) {
        return put(proxy, "/config?dryRun=true", order);
    }

    private PutResult put(ProxyEndpointRef proxy, String path, PutOrder order) {
        var body = JsonText.canonical(ConfigJson.write(order.config()));
        var request = new Request.Builder().put(RequestBody.create(body, JSON));
        var replaces = order.replaces();
        if (replaces == null) {
            request.header("If-None-Match", "*");
        } else {
            request.header("If-Match", "\"" + replaces.hash() + "\"");
        }
        header(request, "Batchmesh-Push", order.mark().push());
        header(request, "Batchmesh-Author", order.mark().author());
        header(request, "Batchmesh-Revision", order.mark().revision());
        return result(
                exchange.write(proxy.admin(), path, request), ConfigVersion.of(order.config()));
    }

    private static void header(Request.Builder request, String name, @Nullable String value) {
        var text = HeaderText.encode(value);
        if (text != null && !text.isBlank()) {
            request.header(name, text);
        }
    }

    /** Lets a config that waits to be confirmed stay. */
    public PutResult confirm(ProxyEndpointRef proxy, ConfigVersion version) {
        var request =
                new Request.Builder()
                        .post(RequestBody.create(new byte[0]))
                        .header("If-Match", "\"" + version.hash() + "\"");
        return result(exchange.write(proxy.admin(), "/config/confirm", request), version);
    }

    private static PutResult result(Exchange.Outcome outcome, ConfigVersion sent) {
        return switch (outcome) {
            case Exchange.Outcome.Failed f ->
                    f.sent()
                            ? new PutResult.Unknown(f.reason())
                            : new PutResult.Unreachable(f.reason());
            case Exchange.Outcome.Answered a ->
                    switch (a.status()) {
                        case 200 -> taken(a, sent);
                        case 412 -> new PutResult.Conflict(tag(a));
                        default ->
                                problem(a) || a.status() / 100 == 4
                                        ? new PutResult.Rejected(
                                                Foreign.faults(a.status(), a.body()))
                                        : new PutResult.Unknown(
                                                "it answered with status " + a.status());
                    };
        };
    }

    private static PutResult taken(Exchange.Outcome.Answered answer, ConfigVersion sent) {
        var body = Foreign.object(answer.body());
        var version = body == null ? null : Foreign.text(body, "version");
        if (body == null || !sent.hash().equals(version)) {
            return new PutResult.Unknown("it answered 200 without the version that was sent");
        }
        return Foreign.flag(body, "changed")
                ? new PutResult.Acked(sent)
                : new PutResult.Unchanged(sent);
    }

    /** What is switched by hand at a proxy. */
    public Reading<List<OverrideEntry>> overrides(ProxyEndpointRef proxy) {
        return overrides(exchange.read(proxy.admin(), "/overrides"));
    }

    /**
     * Switches something by hand, or takes it back; what is switched then. {@link Reading.None}
     * where the proxy has no such thing.
     */
    public Reading<List<OverrideEntry>> override(ProxyEndpointRef proxy, OverrideOrder order) {
        var request = new Request.Builder();
        if (order.on()) {
            var body = ObjectWriter.object(o -> o.put("expiresIn", order.expiresIn()));
            request.put(RequestBody.create(JsonText.canonical(body), JSON));
        } else {
            request.delete();
        }
        header(request, "Batchmesh-Author", order.author());
        return overrides(exchange.write(proxy.admin(), order.path(), request));
    }

    private static Reading<List<OverrideEntry>> overrides(Exchange.Outcome outcome) {
        return switch (outcome) {
            case Exchange.Outcome.Failed f -> failed(f);
            case Exchange.Outcome.Answered a when a.status() == 404 && problem(a) ->
                    new Reading.None<>();
            case Exchange.Outcome.Answered a when a.status() / 100 == 4 && problem(a) ->
                    new Reading.Unreadable<>(
                            Foreign.faults(a.status(), a.body()).getFirst().describe());
            case Exchange.Outcome.Answered a when a.status() != 200 -> refused(a);
            case Exchange.Outcome.Answered a ->
                    new Reading.Got<>(OverrideAnswers.of(Foreign.object(a.body())));
        };
    }

    /** A live sample of single requests, to be read by the caller. */
    public TapCall tap(ProxyEndpointRef proxy, TapOrder order, @Nullable String author) {
        var request = new Request.Builder().get();
        header(request, "Batchmesh-Author", author);
        return exchange.tap(proxy.admin(), TapParameters.write(order), request);
    }

    /** The configs that a proxy ran lately, newest first. */
    public Reading<List<HistoryLine>> history(ProxyEndpointRef proxy) {
        return switch (exchange.read(proxy.admin(), "/config/history")) {
            case Exchange.Outcome.Failed f -> failed(f);
            case Exchange.Outcome.Answered a when a.status() != 200 -> refused(a);
            case Exchange.Outcome.Answered a -> history(a.body());
        };
    }

    private static Reading<List<HistoryLine>> history(byte[] body) {
        var root = Foreign.object(body);
        var list = root == null ? null : root.get("history");
        if (list == null || !list.isArray() || list.size() > MOST_HISTORY) {
            return new Reading.Unreadable<>("the answer is no history");
        }
        var lines = new ArrayList<HistoryLine>();
        for (var entry : list) {
            var version = version(entry);
            var time = time(entry);
            if (version == null || time == null) {
                return new Reading.Unreadable<>("the answer is no history");
            }
            lines.add(new HistoryLine(version, time, stamp(entry)));
        }
        return new Reading.Got<>(List.copyOf(lines));
    }

    private static @Nullable ConfigVersion version(JsonNode node) {
        var text = Foreign.text(node, "version", "");
        return VERSION.matcher(text).matches() ? new ConfigVersion(text) : null;
    }

    private static @Nullable Instant time(JsonNode node) {
        try {
            return Instant.parse(Foreign.text(node, "time", ""));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static RunningConfig.Stamp stamp(JsonNode node) {
        return new RunningConfig.Stamp(
                Foreign.text(node, "push"),
                Foreign.text(node, "author"),
                Foreign.text(node, "identity"),
                Foreign.text(node, "revision"),
                Foreign.text(node, "state", "confirmed"));
    }

    /** What a proxy says of itself. */
    public Reading<ProxyStatus> status(ProxyEndpointRef proxy) {
        return switch (exchange.read(proxy.admin(), "/status")) {
            case Exchange.Outcome.Failed f -> failed(f);
            case Exchange.Outcome.Answered a when a.status() != 200 -> refused(a);
            case Exchange.Outcome.Answered a -> status(Foreign.object(a.body()));
        };
    }

    private static Reading<ProxyStatus> status(@Nullable JsonNode root) {
        if (root == null || !root.has("uptime")) {
            return new Reading.Unreadable<>("the answer is no status");
        }
        double seconds = Math.clamp(Foreign.number(root, "uptime"), 0, 1e10);
        return new Reading.Got<>(
                new ProxyStatus(
                        version(root),
                        stamp(root),
                        Duration.ofMillis((long) (seconds * 1000)),
                        Foreign.flag(root, "ready"),
                        Foreign.flag(root, "draining"),
                        root));
    }
}
