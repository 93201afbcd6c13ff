package io.batchmesh.proxy.meter;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.proxy.meter.LoopHistogram.Scale;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is counted and timed of one link. Written on one event loop, read anywhere. */
public final class LinkMeters {
    private static final int MAX_CODES = 4096;

    /** What the label set of {@code batchmesh_requests_total} consists of. */
    record RequestKey(String route, String subset, int code) {}

    private final String link;
    private final Map<RequestKey, LoopCounter> requests = new ConcurrentHashMap<>();
    private final Map<Path, LoopHistogram> durations = times(Path.class);
    private final Map<Stage, LoopHistogram> stages = times(Stage.class);
    private final Map<Stage, LoopCounter> stageItems = each(Stage.class, LoopCounter::new);
    private final Map<SendPart, LoopHistogram> parts = times(SendPart.class);
    private final Map<FlushReason, LoopCounter> batches = each(FlushReason.class, LoopCounter::new);
    private final LoopHistogram batchItems = new LoopHistogram(Scale.ITEMS);
    private final Map<CacheResult, LoopCounter> cache = each(CacheResult.class, LoopCounter::new);
    private final Map<ShedCause, LoopCounter> shed = each(ShedCause.class, LoopCounter::new);
    private final LoopCounter retries = new LoopCounter();
    private final LoopCounter queued = new LoopCounter();
    private final WireMeters wire = new WireMeters();
    private final Map<String, Boolean> breakers = new ConcurrentHashMap<>();
    private final Map<String, EndpointMeters> endpoints = new ConcurrentHashMap<>();
    private final LoopCounter panics = new LoopCounter();

    /** Meters of a link, all at zero. */
    public LinkMeters(String link) {
        this.link = link;
    }

    /** Bytes of frames, both ways. */
    public static final class WireMeters {
        final LoopCounter rawOut = new LoopCounter();
        final LoopCounter wireOut = new LoopCounter();
        final LoopCounter rawIn = new LoopCounter();
        final LoopCounter wireIn = new LoopCounter();

        /** A batch went out. */
        public void sent(long raw, long compressed) {
            rawOut.add(raw);
            wireOut.add(compressed);
        }

        /** Frames came in. */
        public void received(long raw, long compressed) {
            rawIn.add(raw);
            wireIn.add(compressed);
        }
    }

    private static <E extends Enum<E>, T> Map<E, T> each(Class<E> type, Supplier<T> make) {
        var map = new EnumMap<E, T>(type);
        for (E constant : type.getEnumConstants()) {
            map.put(constant, make.get());
        }
        return map;
    }

    private static <E extends Enum<E>> Map<E, LoopHistogram> times(Class<E> type) {
        return each(type, () -> new LoopHistogram(Scale.NANOS));
    }

    private static <E extends Enum<E>, T> T of(Map<E, T> map, E key) {
        T value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("every constant has a meter");
        }
        return value;
    }

    /** {@code from->to}. */
    public String link() {
        return link;
    }

    /** The counter of the requests of a route, a subset and a status; resolve it once. */
    public LoopCounter requests(String route, String subset, int code) {
        var key = new RequestKey(route, subset, code);
        @Nullable LoopCounter known = requests.get(key);
        if (known != null) {
            return known;
        }
        var wanted = requests.size() < MAX_CODES ? key : new RequestKey("other", "other", code);
        return requests.computeIfAbsent(wanted, k -> new LoopCounter());
    }

    /** A request was answered. */
    public void answered(Path path, long nanos) {
        answered(path, nanos, 1);
    }

    /** So many requests were answered after this time. */
    public void answered(Path path, long nanos, long requests) {
        of(durations, path).observe(nanos, requests);
    }

    /** The trace of a request that was answered; {@link #answered} counts it. */
    public void traced(Path path, long nanos, String traceId, String spanId, long wallMillis) {
        of(durations, path).exemplar(nanos, traceId, spanId, wallMillis);
    }

    /** A batched request was answered: it is observed once in each stage. */
    public void staged(StageTimes times) {
        staged(times, 1);
    }

    /** So many batched requests were answered with these times. */
    public void staged(StageTimes times, long requests) {
        of(stages, Stage.CACHE).observe(times.cache(), requests);
        of(stages, Stage.COLLECT).observe(times.collect(), requests);
        of(stages, Stage.COMBINE).observe(times.combine(), requests);
        of(stages, Stage.COMPRESS).observe(times.compress(), requests);
        of(stages, Stage.SEND).observe(times.send(), requests);
    }

    /** A stage was really passed by so many items. */
    public void passed(Stage stage, long items) {
        of(stageItems, stage).add(items);
    }

    /** How the send stage of one item splits. */
    public void part(SendPart part, long nanos) {
        part(part, nanos, 1);
    }

    /** How the send stage of so many items splits. */
    public void part(SendPart part, long nanos, long items) {
        of(parts, part).observe(nanos, items);
    }

    /** A batch was cut. */
    public void batch(FlushReason reason, int items) {
        batches(reason, items, 1);
    }

    /** So many batches of the same size were cut. */
    public void batches(FlushReason reason, int items, long batches) {
        of(this.batches, reason).add(batches);
        batchItems.observe(items, batches);
    }

    /** The cache was asked, or passed by. */
    public void cache(CacheResult result) {
        cache(result, 1);
    }

    /** The cache was asked so many times. */
    public void cache(CacheResult result, long times) {
        of(cache, result).add(times);
    }

    /** A request was turned away. */
    public void shed(ShedCause cause) {
        of(shed, cause).increment();
    }

    /** A request was sent again. */
    public void retried() {
        retries.increment();
    }

    /** So many more items wait in batch queues; negative for fewer. */
    public void queued(int change) {
        queued.add(change);
    }

    public WireMeters wire() {
        return wire;
    }

    /** Whether the breaker of an endpoint is open. */
    public void breaker(String endpoint, boolean open) {
        breakers.put(endpoint, open);
    }

    /** The meters of an endpoint; each call is followed by one of {@link #gone}. */
    public EndpointMeters endpoint(String address) {
        var meters = endpoints.computeIfAbsent(address, a -> new EndpointMeters());
        meters.used(1);
        return meters;
    }

    /** No config names the endpoint any more; with the last that counted there it is forgotten. */
    public void gone(String address) {
        var known = endpoints.get(address);
        if (known != null && known.used(-1) == 0) {
            endpoints.remove(address);
            breakers.remove(address);
        }
    }

    /** No endpoint was fit, so that one was chosen among all. */
    public void panicked() {
        panics.increment();
    }

    Map<String, EndpointMeters> endpoints() {
        return endpoints;
    }

    LoopCounter panics() {
        return panics;
    }

    Map<RequestKey, LoopCounter> requests() {
        return requests;
    }

    Map<Path, LoopHistogram> durations() {
        return durations;
    }

    Map<Stage, LoopHistogram> stages() {
        return stages;
    }

    Map<Stage, LoopCounter> stageItems() {
        return stageItems;
    }

    Map<SendPart, LoopHistogram> parts() {
        return parts;
    }

    Map<FlushReason, LoopCounter> batches() {
        return batches;
    }

    LoopHistogram batchItems() {
        return batchItems;
    }

    Map<CacheResult, LoopCounter> cacheResults() {
        return cache;
    }

    Map<ShedCause, LoopCounter> sheds() {
        return shed;
    }

    /** Requests sent again. */
    public long retries() {
        return retries.get();
    }

    /** Items that wait in batch queues. */
    public long queuedItems() {
        return queued.get();
    }

    Map<String, Boolean> breakers() {
        return breakers;
    }
}
