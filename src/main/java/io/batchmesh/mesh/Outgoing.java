package io.batchmesh.mesh;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.LinkSimulation.RequestShape;
import io.batchmesh.time.Ticker;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a stand-in makes for each request that it serves, all at the same time, through
 * its sidecar. A service that is on the way of a request already is not called again, so a topology
 * with circles does not go round for ever. Confined to its event loop, except {@link #made} and
 * {@link #close}.
 */
final class Outgoing implements AutoCloseable {
    private static final String WAY = "x-mesh-way";
    private static final CallPool.Limits LIMITS = new CallPool.Limits(512, Duration.ofSeconds(10));

    private final CallPool pool;
    private final SplittableRandom random;
    private final List<Route> routes;

    /**
     * Calls over one link.
     *
     * @param calls for each request; of the fraction, by chance
     */
    record Plan(LinkId link, double calls, RequestShape shape) {}

    /** What runs the calls. */
    record Parts(EventLoop loop, Ticker ticker, long seed) {}

    /** What became of the calls over a link. */
    record Made(LinkId link, CallFigures figures) {}

    /** What became of the calls for one request. */
    record Outcome(int made, int failed) {
        static final Outcome NONE = new Outcome(0, 0);

        boolean allFailed() {
            return made > 0 && failed == made;
        }
    }

    /**
     * On whose behalf calls are made.
     *
     * @param trace the traceparent, or null
     * @param way the names of the services that the request has passed, each followed by a comma
     */
    record Cause(@Nullable String trace, String way) {
        static Cause of(HttpHeaders headers) {
            var way = headers.get(WAY);
            return new Cause(headers.get("traceparent"), way == null ? "" : way);
        }

        boolean passed(String service) {
            return ("," + way).contains("," + service + ",");
        }
    }

    private record Route(Plan plan, RequestMaker maker, CallStats stats) {}

    Outgoing(List<Plan> plans, InetSocketAddress outbound, Parts parts) {
        pool = new CallPool(parts.loop(), outbound, LIMITS, parts.ticker());
        random = new SplittableRandom(parts.seed());
        routes = new ArrayList<>();
        for (var plan : plans) {
            var maker = new RequestMaker(plan.shape(), plan.link().to().name(), random.nextLong());
            routes.add(new Route(plan, maker, new CallStats()));
        }
    }

    List<Made> made() {
        return routes.stream().map(r -> new Made(r.plan.link(), r.stats.figures())).toList();
    }

    /** Makes the calls for one request and tells when the last of them has ended. */
    void make(Cause cause, Consumer<Outcome> whenDone) {
        var round = new Round(whenDone);
        for (var route : routes) {
            if (!cause.passed(route.plan.link().to().name())) {
                for (int i = count(route.plan.calls()); i > 0; i--) {
                    round.call(route, cause);
                }
            }
        }
        round.begun();
    }

    private int count(double calls) {
        int whole = (int) calls;
        return whole + (random.nextDouble() < calls - whole ? 1 : 0);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** The calls for one request. */
    private final class Round {
        private final Consumer<Outcome> whenDone;
        private int open = 1;
        private int made;
        private int failed;

        Round(Consumer<Outcome> whenDone) {
            this.whenDone = whenDone;
        }

        void call(Route route, Cause cause) {
            var request = route.maker.next(cause.trace());
            request.request().headers().set(WAY, cause.way() + route.plan.link().from() + ",");
            var call = new TrackedCall(request, route.stats, pool.nanos(), this::ended);
            made++;
            open++;
            if (!call.send(pool)) {
                ended(false);
            }
        }

        /** All calls are on their way. */
        void begun() {
            ended(true);
        }

        private void ended(boolean well) {
            if (!well) {
                failed++;
            }
            if (--open == 0) {
                whenDone.accept(new Outcome(made, failed));
            }
        }
    }
}
