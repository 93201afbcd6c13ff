package io.batchmesh.proxy.meter;

import io.batchmesh.proxy.meter.LoopHistogram.Scale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted and timed of the calls of peers. Written on one event loop, read anywhere. */
public final class InboundMeters {
    private final Map<Integer, LoopCounter> requests = new ConcurrentHashMap<>();
    private final LoopHistogram durations = new LoopHistogram(Scale.NANOS);
    private final LoopCounter batches = new LoopCounter();
    private final LoopHistogram bulkItems = new LoopHistogram(Scale.ITEMS);

    /** A request was answered, or given up, with this status. */
    public void answered(int code, long nanos) {
        answered(code, nanos, 1);
    }

    /** So many requests were answered with this status, after this time. */
    public void answered(int code, long nanos, long times) {
        requests.computeIfAbsent(code, c -> new LoopCounter()).add(times);
        durations.observe(nanos, times);
    }

    /** Frames with requests came in one piece. */
    public void batch() {
        batches.increment();
    }

    /** So many items were sent to the service in one call. */
    public void bulk(int items) {
        bulk(items, 1);
    }

    /** So many calls of so many items each were made to the service. */
    public void bulk(int items, long calls) {
        bulkItems.observe(items, calls);
    }

    Map<Integer, LoopCounter> requests() {
        return requests;
    }

    LoopHistogram durations() {
        return durations;
    }

    /** Batches that came. */
    public long batches() {
        return batches.get();
    }

    LoopHistogram bulkItems() {
        return bulkItems;
    }
}
