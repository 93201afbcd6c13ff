package io.batchmesh.proxy.upstream;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.proxy.batch.BatchSettings;
import io.batchmesh.proxy.batch.Batcher;
import io.batchmesh.proxy.batch.Outlet;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.ConnectionPool;
import io.batchmesh.proxy.http.Dial;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.EndpointMeters;
import io.batchmesh.proxy.meter.LinkMeters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One endpoint of a link: its connections, its queue, its health, its bounds. It outlives configs
 * that keep it. Confined to the event loop.
 */
public final class Endpoint implements PeerStream.Listener {
    /** What makes an endpoint the same one in two configs. */
    public record Key(String link, String address, Peer peer, Way way) {}

    private final Key key;
    private final LinkMeters meters;
    private final CallPool pool;
    private final PeerStream stream;
    private final Batcher<StreamItem> batcher;
    private final Health health = new Health();
    private final Group group;
    private final Lane lane;
    private final Dial dial;
    private final EndpointMeters counted;
    private final HealthProbe probe;
    private CircuitBreaker breaker = CircuitBreaker.DEFAULT;
    private int active;
    private int retries;
    private boolean out;
    private boolean ejectedByHand;
    private boolean batchingOff;
    private BatchWindow window = BatchWindow.DEFAULT;
    private boolean finishing;
    private @Nullable ConnectionPool upgrades;

    /** The endpoints of a link, of which only a share may be left out at once. */
    public static final class Group {
        private int size;
        private int out;
        private int maxPercent = 100;

        private boolean mayEject() {
            return (out + 1) * 100L <= (long) maxPercent * size;
        }
    }

    /** An endpoint, for all configs that name it. */
    public Endpoint(Lane lane, Key key, Dial dial, LinkMeters meters, Group group) {
        this.lane = lane;
        this.dial = dial;
        this.key = key;
        this.counted = meters.endpoint(key.address());
        this.probe = new HealthProbe(lane, CallPool.of(lane, dial), this::checked);
        this.meters = meters;
        this.group = group;
        this.pool = CallPool.of(lane, dial);
        this.stream = new PeerStream(lane, dial, pool, meters, this);
        this.batcher =
                new Batcher<>(
                        lane.schedule(),
                        lane.ticker(),
                        new Out(),
                        BatchSettings.of(BatchWindow.DEFAULT, CircuitBreaker.DEFAULT));
        group.size++;
    }

    /** The stream, with the waiting items counted. */
    private final class Out implements Outlet<StreamItem> {
        @Override
        public int room() {
            return stream.room();
        }

        @Override
        public long spacingNanos() {
            return stream.spacingNanos();
        }

        @Override
        public void wanted() {
            stream.wanted();
        }

        @Override
        public void send(List<StreamItem> items, FlushReason reason) {
            meters.queued(-items.size());
            stream.send(items, reason);
            finishIfDone();
        }
    }

    /** Puts an item into the window of this endpoint. */
    public Batcher.Offer offer(StreamItem item) {
        meters.queued(1);
        var offer = batcher.offer(item);
        if (offer != Batcher.Offer.TAKEN) {
            meters.queued(-1);
        }
        return offer;
    }

    /** The caller of an item does not wait any more. */
    public void withdraw(StreamItem item) {
        if (batcher.remove(item)) {
            meters.queued(-1);
            finishIfDone();
        } else {
            stream.cancel(item);
        }
    }

    /** An item that was batched is answered; see {@link Batcher#answered}. */
    public void answered(long sendNanos, long totalNanos) {
        batcher.answered(sendNanos, totalNanos);
    }

    private void finishIfDone() {
        if (finishing) {
            stream.finish();
        }
    }

    @Override
    public boolean waiting() {
        return batcher.waiting() > 0;
    }

    @Override
    public void transportFree() {
        if (batcher.waiting() > 0) {
            stream.wanted();
        }
        batcher.transportFree();
    }

    @Override
    public void unreachable(CallFailure failure) {
        var lost = batcher.takeAll();
        meters.queued(-lost.size());
        lost.forEach(item -> item.failed(failure));
        finishIfDone();
    }

    /** How it does, for people. */
    public ObjectNode status(long now) {
        return ObjectWriter.object(o ->
                o.put("address", key.address())
                        .put("peer", key.peer().label())
                        .put("protocol", key.way().protocol().label())
                        .put("tls", key.way().tls().label())
                        .put("ejected", health.ejected(now))
                        .put("ejectedFor", ejectedFor(now))
                        .put("ejections", counted.ejections())
                        .put("ejectedByHand", ejectedByHand)
                        .put("health", health.verdict())
                        .put("errorsInRow", (long) health.errorsInRow())
                        .put("active", (long) active)
                        .put("queued", (long) batcher.waiting())
                        .put("queuedBytes", batcher.waitingBytes())
                        .put("linger", Duration.ofNanos(batcher.lingerNanos()))
                        .put("stream", stream.isOpen())
                        .put("packs", stream.packs())
                        .put("inFlight", (long) stream.inFlight())
                        .put("connections", (long) pool.connections())
                        .put("waiting", (long) pool.waiting()));
    }

    /** Takes the settings of a new config; what runs already is not disturbed. */
    public void configure(LinkConfig link) {
        breaker = link.resilience().bounds();
        pool.limits(breaker.maxConnections(), breaker.maxPending());
        stream.configure(link.batch().compression());
        window = link.batch();
        settle();
        var outliers = link.resilience().outlierDetection();
        health.rule(outliers, lane.ticker().nanos());
        check(link);
        group.maxPercent = outliers == null ? 0 : outliers.maxEjectionPercent();
    }

    private void settle() {
        var policy = batchingOff ? window.withPolicy(BatchWindow.Policy.OFF) : window;
        batcher.configure(BatchSettings.of(policy, breaker));
    }

    /** Whether somebody switched batching off: then nothing waits in the window any more. */
    public void batchingOff(boolean yes) {
        if (batchingOff != yes) {
            batchingOff = yes;
            settle();
        }
    }

    private void check(LinkConfig link) {
        var check = link.resilience().healthCheck();
        health.check(check);
        counted.healthy(check == null ? null : Boolean.valueOf(!health.unwell()));
        probe.configure(check, link.host());
    }

    private void checked(boolean well) {
        health.checked(well);
        counted.checked(well);
        counted.healthy(!health.unwell());
    }

    private @Nullable Duration ejectedFor(long now) {
        long nanos = health.ejectedForNanos(now);
        return nanos == 0 ? null : Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Whether somebody took it out, or back in, whatever it does. */
    public void ejectedByHand(boolean yes) {
        ejectedByHand = yes;
    }

    /** Whether somebody took it out: then nothing is sent to it, even if there is no other. */
    public boolean ejectedByHand() {
        return ejectedByHand;
    }

    public Key key() {
        return key;
    }

    public String address() {
        return key.address();
    }

    public Peer peer() {
        return key.peer();
    }

    public CallPool pool() {
        return pool;
    }

    public Health health() {
        return health;
    }

    /** Connections by HTTP/1.1 for what switches to another protocol. */
    public CallPool upgrades() {
        var own = upgrades;
        if (own == null) {
            own = new ConnectionPool(lane, dial);
            own.limits(breaker.maxConnections(), breaker.maxPending());
            upgrades = own;
        }
        return own;
    }

    /** Requests in flight or waiting. */
    public int active() {
        return active;
    }

    /** Whether another request may be sent to it now. */
    public boolean hasRoom() {
        return active < breaker.maxRequests();
    }

    /** Whether another retry may be sent to it now. */
    public boolean hasRetryRoom() {
        return retries < breaker.maxRetries();
    }

    /** Whether it is fit to be chosen. */
    public boolean usable(long now) {
        boolean ejected = health.ejected(now);
        if (out && !ejected) {
            out = false;
            group.out--;
            meters.breaker(key.address(), false);
        }
        return !ejected && !ejectedByHand && !health.unwell() && !health.paused(now);
    }

    /** It, or another of its subset, is chosen though none is fit. */
    void panicked() {
        meters.panicked();
    }

    /** No connection could be opened to it. */
    public void couldNotConnect(long now) {
        health.unreachable(now);
    }

    /** A request begins; each is followed by one {@link #finished}. */
    public void started(boolean retry) {
        active++;
        retries += retry ? 1 : 0;
    }

    /** A request ended, well or not, or was given up. */
    public void finished(boolean retry) {
        active--;
        retries -= retry ? 1 : 0;
    }

    /** A request came to a good end, after so long. */
    public void succeeded(long nanos) {
        health.succeeded(nanos);
    }

    /** A request failed by the endpoint's fault. */
    public void failed(long now) {
        if (health.failed(now, group.mayEject())) {
            out = true;
            group.out++;
            counted.ejected();
            meters.breaker(key.address(), true);
        }
    }

    /** Looks after what nobody asks for: idle connections, and whether it may come back. */
    public void sweep(long now) {
        usable(now);
        pool.sweep();
    }

    /** It is in no config any more: finishes what is at hand and closes. */
    public void retire() {
        group.size--;
        if (out) {
            group.out--;
        }
        meters.gone(key.address());
        finish();
    }

    /** Sends what waits at once, keeps nothing that is idle; what is at hand goes on. */
    public void finish() {
        finishing = true;
        probe.stop();
        batcher.drain();
        stream.finish();
        pool.finish();
    }

    /** Has all that comes from now on go by connections that are opened from now on. */
    public void renew() {
        pool.renew();
        stream.renew();
    }

    /** Breaks everything off. */
    public void abort() {
        unreachable(new CallFailure(CallFailure.Kind.CONNECT, "the proxy is stopping", false));
        stream.abort();
        pool.abort();
    }
}
