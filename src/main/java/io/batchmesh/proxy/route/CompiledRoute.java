package io.batchmesh.proxy.route;

import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Route;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A route, ready to be taken. */
public final class CompiledRoute {
    /** How long a reply may take where nothing is said: a lost one must not hang for ever. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final Route config;
    private final int number;
    private final RequestTest test;
    private final Split split;
    private final long timeoutNanos;
    private final long perTryNanos;
    private final @Nullable Adjuster adjuster;

    /**
     * Compiles a route.
     *
     * @param number its place among the routes of the link, from 0
     * @param subsets numbers of the link's subsets
     */
    public CompiledRoute(Route config, int number, Map<String, Integer> subsets) {
        this.config = config;
        this.number = number;
        this.test = new RequestTest(config.match());
        this.split = new Split(config.split(), subsets);
        var timeout = config.timeout();
        this.timeoutNanos = (timeout == null ? DEFAULT_TIMEOUT : timeout).toNanos();
        var retry = config.retry();
        var perTry = retry == null ? null : retry.perTryTimeout();
        this.perTryNanos = perTry == null ? 0 : perTry.toNanos();
        this.adjuster = Adjuster.of(config.adjust(), config.match());
    }

    public Route config() {
        return config;
    }

    /** Its place among the routes of the link, from 0. */
    public int number() {
        return number;
    }

    public boolean takes(HttpRequest head) {
        return test.test(head);
    }

    /** Makes the changes of this route to a request that it takes; once for each request. */
    public void adjust(HttpRequest head) {
        if (adjuster != null) {
            adjuster.request(head);
        }
    }

    /** Makes the changes of this route to a reply. */
    public void adjust(HttpHeaders reply) {
        if (adjuster != null) {
            adjuster.reply(reply);
        }
    }

    /** The number of the subset that a request goes to. */
    public int subset(RandomGenerator random) {
        return split.choose(random);
    }

    /** How long all attempts together may take. */
    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** How long one attempt may take; 0 for as long as all. */
    public long perTryNanos() {
        return perTryNanos;
    }

    public @Nullable Retry retry() {
        return config.retry();
    }
}
