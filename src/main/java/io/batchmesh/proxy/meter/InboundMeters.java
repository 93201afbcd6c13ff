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
        requests.computeIfAbsent(code, c -> new LoopCounter()).increment();
        durations.observe(nanos);
    }

    /** Frames with requests came in one piece. */
    public void batch() {
        batches.increment();
    }

    /** So many items were sent to the service in one call. */
    public void bulk(int items) {
        bulkItems.observe(items);
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
