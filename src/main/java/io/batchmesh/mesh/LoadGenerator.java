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
    private final Ramp ramp;
    private final RequestMaker maker;
    private final List<CallPool> pools;
    private final CallStats stats = new CallStats();
    private long begun;
    private long due;
    private int turn;
    private volatile boolean risen;
    private boolean closed;

    /**
     * What is to be called.
     *
     * @param link over which link
     * @param pace how often
     * @param shape of the requests
     * @param host the Host that they name
     * @param to where they are sent: the outbound listener of the sidecar of each calling endpoint
     */
    public record Plan(
            LinkId link, Pace pace, RequestShape shape, String host, List<InetSocketAddress> to) {
        public Plan {
            to = List.copyOf(to);
            if (to.isEmpty()) {
                throw new IllegalArgumentException("nobody to call over " + link);
            }
        }
    }

    /**
     * How often calls are made.
     *
     * @param rate requests per second, positive
     * @param ramp how long the load takes to rise to its rate, see {@link MeshSettings#ramp}
     * @param seed of the moments and the requests
     */
    public record Pace(double rate, Duration ramp, long seed) {
        public Pace {
            if (!(rate > 0)) {
                throw new IllegalArgumentException("no rate: " + rate);
            }
        }
    }

    private LoadGenerator(Plan plan, EventLoop loop, Ticker ticker) {
        this.plan = plan;
        this.loop = loop;
        this.ticker = ticker;
        var random = new SplittableRandom(plan.pace().seed());
        maker = new RequestMaker(plan.shape(), plan.host(), random.nextLong());
        ramp = new Ramp(plan.pace().rate(), plan.pace().ramp());
        arrivals = new Arrivals(plan.pace().rate(), burst(), random);
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

    /** Whether the load has its whole rate by now. */
    boolean risen() {
        return risen;
    }

    /** What became of the calls so far. */
    public CallFigures figures() {
        return stats.figures();
    }

    private void begin() {
        begun = ticker.nanos();
        due = begun;
        due += gap();
        schedule();
    }

    private int burst() {
        return Math.max(1, plan.shape().burst());
    }

    /** The time to the next moment; longer while the load still rises. */
    private long gap() {
        return (long) (arrivals.gap() / ramp.share(seconds(due)));
    }

    private double seconds(long moment) {
        return (moment - begun) / 1e9;
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
            int room = ramp.mostOpen(seconds(due)) - open();
            for (int i = Math.min(burst(), room); i > 0; i--) {
                if (late) {
                    stats.add(Count.MISSED);
                } else {
                    call();
                }
            }
            due += gap();
        }
        risen = ramp.over(seconds(due));
        schedule();
    }

    private int open() {
        return pools.stream().mapToInt(CallPool::busy).sum();
    }

    private void call() {
        var pool = pools.get(turn++ % pools.size());
        turn %= pools.size();
        new TrackedCall(maker.next(null), stats, due, this::ended).send(pool);
    }

    private void ended(boolean well) {
        if (well) {
            ramp.answered();
        }
    }

    /** Stops calling, soon and between two moments; calls under way then count as failed. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            pools.forEach(CallPool::close);
        });
    }
}
