package io.batchmesh.mesh;

import io.batchmesh.model.BulkApi;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link StandIn} does with its requests. Confined to its event loop. */
final class Service {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final int LARGEST_ANSWER = 16 << 20;

    private final StandIn.Spec spec;
    private final EventLoop loop;
    private final ServiceQueue queue;
    private final SplittableRandom random;
    private volatile @Nullable Outgoing outgoing;

    Service(StandIn.Spec spec, EventLoop loop) {
        this.spec = spec;
        this.loop = loop;
        queue = new ServiceQueue(spec.simulation().concurrency());
        random = new SplittableRandom(spec.seed());
    }

    /** A request, without the buffers that it came in. */
    record Request(
            String method,
            String path,
            @Nullable String nonce,
            @Nullable String caller,
            Outgoing.Cause cause,
            String body) {
        static Request of(FullHttpRequest message) {
            var headers = message.headers();
            var token = headers.get(HttpHeaderNames.AUTHORIZATION);
            return new Request(
                    message.method().name(),
                    message.uri(),
                    headers.get("x-request-id"),
                    token == null ? null : Answers.caller(token),
                    Outgoing.Cause.of(headers),
                    message.content().toString(StandardCharsets.ISO_8859_1));
        }
    }

    /**
     * An answer.
     *
     * @param body of ISO 8859-1 characters
     */
    record Reply(int status, String contentType, String body) {}

    void calls(Outgoing calls) {
        var before = outgoing;
        outgoing = calls;
        if (before != null) {
            before.close();
        }
    }

    List<Outgoing.Made> made() {
        var calls = outgoing;
        return calls == null ? List.of() : calls.made();
    }

    void close() {
        var calls = outgoing;
        if (calls != null) {
            calls.close();
        }
    }

    void serve(Request request, Consumer<Reply> answer) {
        var lines = bulkLines(request);
        int items = lines == null ? 1 : lines.size();
        if (!queue.begin(() -> take(request, lines, items, answer))) {
            answer.accept(error(503, "too many calls wait"));
        }
    }

    private void take(
            Request request, @Nullable List<String> lines, int items, Consumer<Reply> answer) {
        var simulation = spec.simulation();
        long nanos = simulation.serviceTime().toNanos() + items * simulation.itemTime().toNanos();
        Runnable then = () -> call(request, lines, answer);
        if (nanos <= 0) {
            then.run();
        } else {
            var _ = loop.schedule(then, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void call(Request request, @Nullable List<String> lines, Consumer<Reply> answer) {
        if (random.nextDouble() * 100 < spec.simulation().errorPercent()) {
            finish(error(500, "as the simulation says"), answer);
            return;
        }
        var calls = outgoing;
        if (calls == null) {
            finish(reply(request, lines, Outgoing.Outcome.NONE), answer);
        } else {
            calls.make(request.cause(), outcome -> finish(reply(request, lines, outcome), answer));
        }
    }

    private void finish(Reply reply, Consumer<Reply> answer) {
        answer.accept(reply);
        queue.done();
    }

    private Reply reply(Request request, @Nullable List<String> lines, Outgoing.Outcome outcome) {
        if (outcome.allFailed()) {
            return error(502, "all " + outcome.made() + " calls of it failed");
        }
        if (lines == null) {
            var start = Answers.start(request.nonce(), request.path(), request.caller());
            return new Reply(200, JSON, body(start, outcome, request.path()));
        }
        var body = new StringBuilder();
        for (var line : lines) {
            var start = Answers.start(nonceIn(line), "", request.caller());
            body.append(body(start, outcome, line)).append('\n');
        }
        return new Reply(200, NDJSON, body.toString());
    }

    private String body(String start, Outgoing.Outcome outcome, String key) {
        var all = start + "\"failedCalls\":" + outcome.failed() + ",";
        long size = Math.min(spec.simulation().responseBytes(), LARGEST_ANSWER);
        return Filler.INSTANCE.object(
                all, key.hashCode(), (int) Math.max(size, all.length() + Filler.LEAST));
    }

    private Reply error(int status, String why) {
        var text = "{\"error\":\"" + spec.service() + ": " + why + "\"}";
        return new Reply(status, JSON, text);
    }

    /** The items of a bulk call; null when it is none. */
    private @Nullable List<String> bulkLines(Request request) {
        var bulk = spec.bulk();
        boolean isBulk =
                bulk != null
                        && bulk.format() == BulkApi.Format.NDJSON
                        && request.method().equals("POST")
                        && request.path().equals(bulk.path());
        return isBulk ? request.body().lines().filter(line -> !line.isBlank()).toList() : null;
    }

    private static @Nullable String nonceIn(String line) {
        var field = "\"requestId\":\"";
        int at = line.indexOf(field);
        int end = at < 0 ? -1 : line.indexOf('"', at + field.length());
        return end < 0 ? null : line.substring(at + field.length(), end);
    }
}
