package io.batchmesh.forecast;

import io.batchmesh.policy.BatchWindow;
import java.time.Duration;

/** Says what a batch window will do. Pure; for any thread. */
public final class Forecaster {
    /** Bytes of a batch beside its requests: frame heads, and those of TCP and IP. */
    private static final double FRAME_BYTES = 80;

    private final Costs costs;

    public Forecaster(Costs costs) {
        this.costs = costs;
    }

    /** What a window will do to a workload. */
    public Forecast forecast(Workload load, BatchWindow window) {
        return switch (window.policy()) {
            case OFF -> of(load, Wait.NONE, false, 0);
            case AUTO -> natural(load, items(load, window));
            case FIXED -> fixed(load, seconds(window.linger()), items(load, window));
            case TARGET_P99 -> tuned(load, window);
        };
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Requests that fit into a batch by their number and by their bytes. */
    private static int items(Workload load, BatchWindow window) {
        double fit = window.maxBytes() / Math.max(1, load.requestBytes());
        return (int) Math.clamp(Math.floor(fit), 1, window.maxItems());
    }

    private Forecast fixed(Workload load, double linger, int most) {
        return of(load, new FixedWindow(sent(load), linger, most), true, linger);
    }

    private Forecast natural(Workload load, int most) {
        double bytes = load.requestBytes() * load.compression();
        var wait =
                new NaturalBatching(
                        sent(load),
                        costs.batch() / 2 + FRAME_BYTES / load.wire().bandwidth(),
                        costs.item() / 2 + bytes / load.wire().bandwidth(),
                        most);
        var forecast = of(load, wait, true, 0);
        return wait.saturated() ? forecast.asSaturated() : forecast;
    }

    /** The longest wait with which the target is met, which is what the tuner comes to. */
    private Forecast tuned(Workload load, BatchWindow window) {
        var target = window.targetP99();
        int most = items(load, window);
        double high = seconds(window.linger());
        var best = fixed(load, 0, most);
        if (target == null || best.p99() > seconds(target)) {
            return best;
        }
        double low = 0;
        for (int i = 0; i < 24; i++) {
            double middle = i == 0 ? high : (low + high) / 2;
            var tried = fixed(load, middle, most);
            if (tried.p99() <= seconds(target)) {
                best = tried;
                low = middle;
            } else {
                high = middle;
            }
        }
        return best;
    }

    /** Requests per second that are not answered before they would join a batch. */
    private static double sent(Workload load) {
        return Math.max(1e-9, load.rate() * (1 - load.answered()));
    }

    private Forecast of(Workload load, Wait wait, boolean batches, double linger) {
        double sent = sent(load);
        double size = wait.itemsPerBatch();
        double frames = sent / size;
        var service = load.service();
        var wire = load.wire();
        double requests = load.requestBytes() * load.compression() * size;
        double replies = load.replyBytes() * load.compression() * (service.bulk() ? size : 1);
        double way = 2 * wire.delay() + (requests + replies + FRAME_BYTES) / wire.bandwidth();
        double further = way + (service.bulk() ? size * service.item() : service.item());
        var tail = new Tail(service.p50(), service.p99());
        double each = batches ? costs.each(size) : costs.request();
        double bytes =
                sent * load.compression() * (load.requestBytes() + load.replyBytes())
                        + 2 * frames * FRAME_BYTES;
        return new Forecast(
                wait.mean(),
                size,
                frames,
                service.bulk() && batches ? frames : sent,
                wait.mean() + tail.mean() + further,
                tail.quantileWith(wait, 0.5) + further,
                tail.quantileWith(wait, 0.99) + further,
                sent * each,
                bytes,
                linger,
                bytes / 2 > wire.bandwidth());
    }
}
