package io.batchmesh.proxy.upstream;

import io.batchmesh.policy.HealthCheck;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.StatusCall;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Schedule;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one endpoint whether it is well, again and again, over a connection of its own, so that load
 * on the endpoint's other connections does not keep the question back. One question at a time; the
 * times are spread so that callers which start together do not ask together. Confined to the event
 * loop.
 */
final class HealthProbe {
    private static final double SPREAD = 0.1;

    private final Lane lane;
    private final CallPool pool;
    private final Consumer<Boolean> told;
    private @Nullable HealthCheck check;
    private String host = "";
    private Schedule.@Nullable Handle next;
    private @Nullable Question asked;

    /**
     * A probe that asks nothing until it is configured.
     *
     * @param pool for its questions alone
     * @param told what came of each question
     */
    HealthProbe(Lane lane, CallPool pool, Consumer<Boolean> told) {
        this.lane = lane;
        this.pool = pool;
        this.told = told;
        pool.limits(1, 1);
    }

    /** Asks like this from now on, or not at all. The first question comes within an interval. */
    void configure(@Nullable HealthCheck settings, String asHost) {
        host = asHost;
        if (settings != null && settings.equals(check)) {
            return;
        }
        stop();
        check = settings;
        if (settings != null) {
            after(lane.random().nextLong(Math.max(1, settings.interval().toNanos())));
        }
    }

    /** Asks nothing any more. */
    void stop() {
        check = null;
        if (next != null) {
            next.cancel();
            next = null;
        }
        if (asked != null) {
            asked.giveUp();
            asked = null;
        }
        pool.finish();
    }

    private void after(long nanos) {
        next = lane.schedule().after(nanos, this::ask);
    }

    private void ask() {
        next = null;
        var current = check;
        if (current == null) {
            return;
        }
        var question = new Question(current);
        asked = question;
        question.begin();
    }

    private void said(Question question, boolean well) {
        if (asked != question) {
            return;
        }
        asked = null;
        told.accept(well);
        var current = check;
        if (current != null) {
            double share = 1 + SPREAD * (2 * lane.random().nextDouble() - 1);
            after((long) (current.interval().toNanos() * share));
        }
    }

    /** One question and its answer. */
    private final class Question extends StatusCall {
        private final HealthCheck how;

        Question(HealthCheck how) {
            super(pool, lane.schedule(), how.timeout().toNanos());
            this.how = how;
        }

        @Override
        protected FullHttpRequest request() {
            var request =
                    new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1,
                            HttpMethod.GET,
                            how.path(),
                            Unpooled.EMPTY_BUFFER);
            request.headers()
                    .set(HttpHeaderNames.HOST, host)
                    .set(HttpHeaderNames.USER_AGENT, "batchmesh-health");
            return request;
        }

        @Override
        protected void answered(int status, boolean whole) {
            said(this, whole && status == how.expectedStatus());
        }

        @Override
        protected void unanswered(String why) {
            said(this, false);
        }
    }
}
