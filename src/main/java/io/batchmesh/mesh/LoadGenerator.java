package io.batchmesh.mesh;

import io.batchmesh.mesh.CallFigures.Count;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.LinkSimulation.RequestShape;
import io.batchmesh.time.Ticker;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The calls that a service makes of its own accord over one link: an open loop, so a slow answer
 * does not hold the next request back. The moments are a Poisson process of the link's rate (with
 * bursts: of {@code rate / burst}, {@code burst} requests at each moment), the same for the same
 * seed. They are shared out evenly over the endpoints of the calling service.
 *
 * <p>At most 512 requests of each endpoint are under way; one that is due beyond that is counted as
 * missed. Two clocks are kept, see {@link CallFigures.Clock}. Every answer is checked to belong to
 * its request. May be used from any thread.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final CallPool.Limits LIMITS = new CallPool.Limits(512, Duration.ofSeconds(10));

    /** A moment further back than this was slept through by the machine; it is skipped. */
    private static final long LATEST = TimeUnit.SECONDS.toNanos(1);

    private final Plan plan;
    private final EventLoop loop;
    private final Ticker ticker;
    private final Arrivals arrivals;
    private final RequestMaker maker;
    private final List<CallPool> pools;
    private final CallStats stats = new CallStats();
    private long due;
    private int turn;
    private volatile boolean closed;

    /**
     * What is to be called.
     *
     * @param link over which link
     * @param rate requests per second, positive
     * @param shape of the requests
     * @param host the Host that they name
     * @param to where they are sent: the outbound listener of the sidecar of each calling endpoint
     * @param seed of the moments and the requests
     */
    public record Plan(
            LinkId link,
            double rate,
            RequestShape shape,
            String host,
            List<InetSocketAddress> to,
            long seed) {
        public Plan {
            to = List.copyOf(to);
            if (!(rate > 0) || to.isEmpty()) {
                throw new IllegalArgumentException("no load: " + rate + "/s to " + to);
            }
        }
    }

    private LoadGenerator(Plan plan, EventLoop loop, Ticker ticker) {
        this.plan = plan;
        this.loop = loop;
        this.ticker = ticker;
        var random = new SplittableRandom(plan.seed());
        maker = new RequestMaker(plan.shape(), plan.host(), random.nextLong());
        arrivals = new Arrivals(plan.rate(), burst(), random);
        pools = plan.to().stream().map(a -> new CallPool(loop, a, LIMITS, ticker)).toList();
    }

    /** Starts to call, the first time after a random interval like all others. */
    public static LoadGenerator start(Plan plan, EventLoop loop, Ticker ticker) {
        var generator = new LoadGenerator(plan, loop, ticker);
        loop.execute(generator::begin);
        return generator;
    }

    public LinkId link() {
        return plan.link();
    }

    /** What became of the calls so far. */
    public CallFigures figures() {
        return stats.figures();
    }

    private void begin() {
        due = ticker.nanos() + arrivals.gap();
        schedule();
    }

    private int burst() {
        return Math.max(1, plan.shape().burst());
    }

    private void schedule() {
        if (!closed) {
            long wait = Math.max(0, due - ticker.nanos());
            var _ = loop.schedule(this::arrive, wait, TimeUnit.NANOSECONDS);
        }
    }

    /** Makes all calls that are due by now. */
    private void arrive() {
        long now = ticker.nanos();
        while (!closed && due - now <= 0) {
            boolean late = now - due > LATEST;
            for (int i = burst(); i > 0; i--) {
                if (late) {
                    stats.add(Count.MISSED);
                } else {
                    call();
                }
            }
            due += arrivals.gap();
        }
        schedule();
    }

    private void call() {
        var pool = pools.get(turn++ % pools.size());
        turn %= pools.size();
        new TrackedCall(maker.next(null), stats, due, well -> {}).send(pool);
    }

    /** Stops calling; calls that are under way count as failed. */
    @Override
    public void close() {
        closed = true;
        pools.forEach(CallPool::close);
    }
}
