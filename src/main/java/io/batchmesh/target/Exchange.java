package io.batchmesh.target;

import io.batchmesh.admin.HeaderText;
import io.batchmesh.certificate.TlsReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One request and its answer, with all bounds held: no redirects, no second try of a change. */
final class Exchange {
    /** Many times the pause between two lines. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final OkHttpClient reader;
    private final OkHttpClient writer;
    private final ClientLimits limits;
    private final @Nullable String token;

    Exchange(OkHttpClient http, ClientLimits limits, @Nullable String token) {
        this.limits = limits;
        this.token = token;
        this.reader =
                http.newBuilder()
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .retryOnConnectionFailure(true)
                        .connectTimeout(limits.connect())
                        .callTimeout(limits.call())
                        .readTimeout(limits.call())
                        .writeTimeout(limits.call())
                        .eventListenerFactory(Exchange::listener)
                        .build();
        // A change is never sent twice: whoever does not know its outcome reads back. It gets a
        // connection of its own, since one that was kept may be dead without anybody knowing,
        // and then nobody could say whether the change arrived.
        this.writer =
                reader.newBuilder()
                        .retryOnConnectionFailure(false)
                        .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                        .build();
    }

    /** What came of a request. */
    sealed interface Outcome {
        /** An answer; {@code body} is whole. */
        @SuppressWarnings("ArrayRecordComponent")
        record Answered(int status, byte[] body, okhttp3.Headers headers) implements Outcome {
            /** The text of a header that may hold any character. */
            @Nullable String text(String name) {
                var text = HeaderText.decode(headers.get(name));
                return text == null ? null : Foreign.text(text);
            }
        }

        /** None; {@code sent} when some of the request may have arrived. */
        record Failed(String reason, boolean sent, boolean garbage) implements Outcome {}
    }

    private static final class Progress {
        final AtomicBoolean sent = new AtomicBoolean();
    }

    private static EventListener listener(Call call) {
        var progress = call.request().tag(Progress.class);
        return new EventListener() {
            @Override
            public void requestHeadersStart(Call started) {
                if (progress != null) {
                    progress.sent.set(true);
                }
            }
        };
    }

    Outcome read(URI base, String path) {
        return run(reader, base, path, new Request.Builder().get());
    }

    Outcome write(URI base, String path, Request.Builder request) {
        return run(writer, base, path, request);
    }

    private Outcome run(OkHttpClient client, URI base, String path, Request.Builder request) {
        var url = url(base, path);
        if (url == null) {
            return new Outcome.Failed("'" + base + "' is no HTTP address", false, false);
        }
        var progress = new Progress();
        // Our own encoding, so that nothing is unpacked beyond the bound on the way.
        request.url(url).tag(Progress.class, progress).header("Accept-Encoding", "identity");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var response = client.newCall(request.build()).execute()) {
            return answered(response);
        } catch (IOException e) {
            boolean garbage = e instanceof ProtocolException;
            return new Outcome.Failed(reason(e), progress.sent.get(), garbage);
        }
    }

    /**
     * A call whose answer comes line by line for a long time; one a second at least.
     *
     * @throws IllegalArgumentException when the address is none of HTTP
     */
    TapCall tap(URI base, Map<String, List<String>> query, Request.Builder request) {
        var url = url(base, "/tap");
        if (url == null) {
            throw new IllegalArgumentException("'" + base + "' is no HTTP address");
        }
        var full = url.newBuilder();
        query.forEach((name, values) -> values.forEach(v -> full.addQueryParameter(name, v)));
        request.url(full.build()).header("Accept-Encoding", "identity");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        var client = writer.newBuilder().callTimeout(Duration.ZERO).readTimeout(SILENCE).build();
        return new TapCall(client.newCall(request.build()), this::reason);
    }

    private static @Nullable HttpUrl url(URI base, String path) {
        var text = base.toString();
        return HttpUrl.parse(
                (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    private Outcome answered(Response response) throws IOException {
        var source = response.body().source();
        if (source.request(limits.bodyBytes() + 1L)) {
            var reason = "the answer is larger than " + limits.bodyBytes() + " bytes";
            return new Outcome.Failed(reason, true, true);
        }
        return new Outcome.Answered(response.code(), source.readByteArray(), response.headers());
    }

    private String reason(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "unknown host";
            case NoRouteToHostException _ -> "no route to the host";
            case ConnectException _ -> "connection refused";
            case SocketTimeoutException _ -> "no answer in time";
            case InterruptedIOException _ -> "no answer within " + limits.call().toMillis() + " ms";
            case ProtocolException _ ->
                    "the answer is no HTTP: " + Foreign.text(String.valueOf(e.getMessage()));
            case SSLPeerUnverifiedException _ -> "TLS: its certificate is not for this host";
            case SSLException _ -> "TLS: " + Foreign.text(secured(e));
            case SocketException _ -> "the connection broke";
            default -> Foreign.text(String.valueOf(e.getMessage()));
        };
    }

    /** Why TLS failed; what the other side says of our certificate is its alert. */
    private static String secured(IOException e) {
        var reason = TlsReason.of(e);
        return reason.label().equals("refused")
                ? reason.text() + "; it takes no client certificate like this one"
                : reason.text();
    }
}
