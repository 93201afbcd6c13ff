package io.batchmesh.forecast;

import io.batchmesh.policy.BatchWindow;
import java.time.Duration;

/** Says what a batch window will do. Pure; for any thread. */
public final class Forecaster {
    /** Bytes of a batch beside its requests: frame heads, and those of TCP and IP. */
    private static final double FRAME_BYTES = 80;

    /** Steps of the tuner up to its target. */
    private static final int STEPS = 40;

    private final Costs costs;

    public Forecaster(Costs costs) {
        this.costs = costs;
    }

    /** What a window will do to a workload. */
    public Forecast forecast(Workload load, BatchWindow window) {
        return switch (window.policy()) {
            // What goes by itself is not packed either.
            case OFF -> of(load.withCompression(1), Wait.NONE, false, 0);
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
        return of(load, new FixedWindow(queued(load), linger, most), true, linger);
    }

    private Forecast natural(Workload load, int most) {
        double bytes = load.requestBytes() * load.compression();
        var wait =
                new NaturalBatching(
                        queued(load),
                        costs.batch() / 2 + FRAME_BYTES / load.wire().bandwidth(),
                        costs.item() / 2 + bytes / load.wire().bandwidth(),
                        most);
        var forecast = of(load, wait, true, 0);
        return wait.saturated() ? forecast.asSaturated() : forecast;
    }

    /**
     * What the tuner comes to: it begins with no wait, lengthens it by steps of a fortieth of the
     * target while a step meets a further request, and stops short of the target or at half of it.
     * It reads the p99 off buckets of half an octave, so it takes it for the end of its bucket.
     */
    private Forecast tuned(Workload load, BatchWindow window) {
        int most = items(load, window);
        var best = fixed(load, 0, most);
        double target = window.targetP99() == null ? 0 : seconds(window.targetP99());
        if (!(target > 0) || queued(load) * target / STEPS < 1 || seen(best) > target) {
            return best;
        }
        double low = 0;
        double high = target / 2;
        for (int i = 0; i < 24; i++) {
            double middle = i == 0 ? high : (low + high) / 2;
            var tried = fixed(load, middle, most);
            if (seen(tried) <= target) {
                best = tried;
                low = middle;
            } else {
                high = middle;
            }
        }
        return best;
    }

    /** The end of the bucket that holds the p99: 2^k or 1.5 times that, in nanoseconds. */
    private static double seen(Forecast forecast) {
        double octave = Math.pow(2, Math.floor(Math.log(forecast.p99() * 1e9) / Math.log(2)));
        return (forecast.p99() * 1e9 < 1.5 * octave ? 1.5 : 2) * octave / 1e9;
    }

    /** Requests per second that come to one queue. */
    private static double queued(Workload load) {
        return sent(load) / load.queues();
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
        double shared = wait.itemsSeen();
        double requests = load.requestBytes() * load.compression() * shared;
        double replies = load.replyBytes() * load.compression() * (service.bulk() ? shared : 1);
        double way = 2 * wire.delay() + (requests + replies + FRAME_BYTES) / wire.bandwidth();
        double further = way + (service.bulk() ? shared * service.item() : service.item());
        // No less than the truth: the slowest calls need not be those of the largest batches.
        double rarely = service.bulk() ? (wait.itemsSeenP99() - shared) * service.item() : 0;
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
                tail.quantileWith(wait, 0.99) + further + rarely,
                sent * each + (load.rate() - sent) * costs.answered(),
                bytes,
                linger,
                bytes / 2 > wire.bandwidth());
    }
}
