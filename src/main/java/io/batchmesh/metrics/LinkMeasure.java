package io.batchmesh.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** A number of a link that is kept over time for plots: rates per second, latencies in seconds. */
public final class LinkMeasure {
    private static final List<LinkMeasure> ALL = new ArrayList<>();

    /** Requests per second. */
    public static final LinkMeasure REQUESTS = add(link -> link.traffic().requestsPerSecond());

    /** Errors per second. */
    public static final LinkMeasure ERRORS = add(link -> link.traffic().errorsPerSecond());

    /** Requests shed per second. */
    public static final LinkMeasure SHED = add(link -> link.traffic().shedPerSecond());

    /** Retries per second. */
    public static final LinkMeasure RETRIES = add(link -> link.traffic().retriesPerSecond());

    /** Items per second that went through batches. */
    public static final LinkMeasure ITEMS = add(link -> link.batching().itemsPerSecond());

    /** Batches per second. */
    public static final LinkMeasure BATCHES = add(link -> link.batching().batchesPerSecond());

    /** Items per batch. */
    public static final LinkMeasure MEAN_ITEMS = add(link -> link.batching().meanItems());

    /** Items waiting. */
    public static final LinkMeasure QUEUE = add(link -> link.batching().queueItems());

    /** Bytes per second before compression. */
    public static final LinkMeasure RAW_BYTES = add(link -> link.wire().rawBytesPerSecond());

    /** Bytes per second on the wire. */
    public static final LinkMeasure COMPRESSED_BYTES =
            add(link -> link.wire().compressedBytesPerSecond());

    /** Share of look-ups that the cache answered. */
    public static final LinkMeasure HIT_SHARE = add(link -> link.cache().hitShare());

    /** Mean latency of all requests. */
    public static final LinkMeasure MEAN = add(link -> link.latency().all().mean());

    /** Median latency of all requests. */
    public static final LinkMeasure P50 = add(link -> link.latency().all().p50());

    /** 95th percentile of the latency of all requests. */
    public static final LinkMeasure P95 = add(link -> link.latency().all().p95());

    /** 99th percentile of the latency of all requests. */
    public static final LinkMeasure P99 = add(link -> link.latency().all().p99());

    /** Mean latency of the batched requests. */
    public static final LinkMeasure BATCHED_MEAN = add(link -> link.latency().batched().mean());

    /** Median latency of the batched requests. */
    public static final LinkMeasure BATCHED_P50 = add(link -> link.latency().batched().p50());

    /** 99th percentile of the latency of the batched requests. */
    public static final LinkMeasure BATCHED_P99 = add(link -> link.latency().batched().p99());

    /** What the stages do not explain of the mean of the batched requests. */
    public static final LinkMeasure UNEXPLAINED = add(link -> link.breakdown().unexplainedMean());

    private static final Map<Stage, Map<StageValue, LinkMeasure>> STAGES = stages();
    private static final Map<FlushReason, LinkMeasure> FLUSHES = flushes();

    private static final List<LinkMeasure> DAILY =
            ALL.stream().filter(LinkMeasure::isWorthADay).toList();

    /** Requests per second that the service did not see, since a cache answered them. */
    public static final LinkMeasure SAVED =
            add(link ->
                    link.cache().perSecond().isEmpty()
                            ? Double.NaN
                            : link.cache().savedPerSecond());

    /** Endpoints whose breaker is open. */
    public static final LinkMeasure OPEN_BREAKERS =
            add(link -> link.traffic().openBreakers().size());

    /** Endpoints that do not pass their checks. */
    public static final LinkMeasure UNHEALTHY = add(link -> link.traffic().unhealthy().size());

    private static final Map<AnswerKind, LinkMeasure> ANSWERS = answers();

    private final int index;
    private final ToDoubleFunction<LinkMetrics> reader;

    private LinkMeasure(int index, ToDoubleFunction<LinkMetrics> reader) {
        this.index = index;
        this.reader = reader;
    }

    /** A number of one stage. */
    public static LinkMeasure of(Stage stage, StageValue value) {
        return Objects.requireNonNull(Objects.requireNonNull(STAGES.get(stage)).get(value));
    }

    /** Batches per second that were cut for a reason. */
    public static LinkMeasure of(FlushReason reason) {
        return Objects.requireNonNull(FLUSHES.get(reason));
    }

    /** Answers per second of a kind. */
    public static LinkMeasure of(AnswerKind kind) {
        return Objects.requireNonNull(ANSWERS.get(kind));
    }

    /** Reads it of a snapshot of the link. */
    public double of(LinkMetrics link) {
        return reader.applyAsDouble(link);
    }

    /**
     * Whether it is kept for a day: all but the medians and the items of the stages are, and what
     * is told by code and by endpoint.
     */
    public boolean daily() {
        return DAILY.contains(this);
    }

    /** The measures that are kept for a day, in their order. */
    static List<LinkMeasure> allDaily() {
        return DAILY;
    }

    int index() {
        return index;
    }

    public static int count() {
        return ALL.size();
    }

    public static LinkMeasure at(int index) {
        return ALL.get(index);
    }

    private static boolean isWorthADay(LinkMeasure measure) {
        return STAGES.values().stream()
                .noneMatch(values ->
                        values.get(StageValue.P50) == measure
                                || values.get(StageValue.ITEMS) == measure);
    }

    private static LinkMeasure add(ToDoubleFunction<LinkMetrics> reader) {
        var measure = new LinkMeasure(ALL.size(), reader);
        ALL.add(measure);
        return measure;
    }

    private static Map<Stage, Map<StageValue, LinkMeasure>> stages() {
        var stages = new EnumMap<Stage, Map<StageValue, LinkMeasure>>(Stage.class);
        for (var stage : Stage.values()) {
            var values = new EnumMap<StageValue, LinkMeasure>(StageValue.class);
            for (var value : StageValue.values()) {
                values.put(value, add(link -> value.of(link.stage(stage))));
            }
            stages.put(stage, values);
        }
        return stages;
    }

    private static Map<FlushReason, LinkMeasure> flushes() {
        var flushes = new EnumMap<FlushReason, LinkMeasure>(FlushReason.class);
        for (var reason : FlushReason.values()) {
            flushes.put(reason, add(link -> flushed(link, reason)));
        }
        return flushes;
    }

    private static Map<AnswerKind, LinkMeasure> answers() {
        var answers = new EnumMap<AnswerKind, LinkMeasure>(AnswerKind.class);
        for (var kind : AnswerKind.values()) {
            answers.put(kind, add(link -> kind.sum(link.traffic().codesPerSecond())));
        }
        return answers;
    }

    private static double flushed(LinkMetrics link, FlushReason reason) {
        return link.batching().flushesPerSecond().getOrDefault(reason, Double.NaN);
    }
}
