package io.batchmesh.admin.tap;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that went through a proxy, with its answer.
 *
 * @param time when its head was complete, by the proxy's clock
 * @param went where to
 * @param asked what the caller sent
 * @param answer what he got
 * @param times how long it took
 * @param batch the batch that carried it; null where none did
 * @param trace its trace; null where it is not traced
 */
public record TappedRequest(
        Instant time,
        Went went,
        Asked asked,
        Answer answer,
        Times times,
        @Nullable Batch batch,
        @Nullable Trace trace) {
    /**
     * Where a request went.
     *
     * @param link {@code from->to}
     * @param route the name of the route
     * @param subset the name of the subset
     * @param endpoint {@code host:port} of the last try; null where it was sent to none
     */
    public record Went(String link, String route, String subset, @Nullable String endpoint) {}

    /**
     * What the caller sent.
     *
     * @param method such as {@code GET}
     * @param path without the query
     * @param query the query, each value as {@code *} unless values are shown; null where none is
     * @param headers values of the fields that are shown, by name in lower case
     */
    public record Asked(
            String method, String path, @Nullable String query, Map<String, String> headers) {
        public Asked {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * What he got.
     *
     * @param code the status; 499 where he went away before
     * @param way how it was answered: {@code batched}, {@code plain}, {@code hit}, {@code
     *     coalesced} or {@code shed}
     * @param retries how often it was sent again
     */
    public record Answer(int code, String way, int retries) {}

    /**
     * How long it took.
     *
     * @param whole from the complete head to the last byte of the reply
     * @param stages each stage; they sum up to the whole. Empty for what was shed
     * @param send what the stage send consists of; empty where no peer reported it
     */
    public record Times(Duration whole, Map<Stage, Duration> stages, Map<SendPart, Duration> send) {
        public Times {
            stages = Map.copyOf(stages);
            send = Map.copyOf(send);
        }

        /** The time of a stage; zero where it was not used. */
        public Duration of(Stage stage) {
            return stages.getOrDefault(stage, Duration.ZERO);
        }
    }

    /**
     * A batch.
     *
     * @param id the same for all requests in it, among those of one proxy
     * @param items requests in it
     * @param reason why it was cut
     */
    public record Batch(String id, int items, FlushReason reason) {}

    /**
     * A trace.
     *
     * @param traceId 32 hexadecimal digits
     * @param spanId 16 hexadecimal digits
     */
    public record Trace(String traceId, String spanId) {}
}
