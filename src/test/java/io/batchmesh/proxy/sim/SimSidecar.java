package io.batchmesh.proxy.sim;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.proxy.http.HttpServer;
import io.batchmesh.proxy.inbound.Inbound;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.meter.SidecarMeters;
import io.batchmesh.proxy.outbound.Addresses;
import io.batchmesh.proxy.outbound.Outbound;
import io.batchmesh.time.Clocks;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The two halves of a sidecar on the simulated network, put together as the real one is. */
final class SimSidecar {
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SimNetwork net;
    private final String host;
    private final SidecarMeters meters = new SidecarMeters();
    private final Outbound outbound;
    private final Inbound inbound;
    private final HttpServer outer;
    private final HttpServer inner;
    private final SocketAddress outAddress;
    private final SocketAddress inAddress;
    private boolean stopped;

    SimSidecar(
            SimNetwork net,
            String host,
            SocketAddress outAddress,
            SocketAddress inAddress,
            SplittableRandom random) {
        this.net = net;
        this.host = host;
        this.outAddress = outAddress;
        this.inAddress = inAddress;
        var lane =
                new Lane(
                        net.loop(),
                        new Clocks(() -> Instant.ofEpochSecond(0, net.now()), net.ticker()),
                        Transport.of(net.loop()),
                        net.client(host),
                        random);
        this.outbound = new Outbound(lane, meters::link);
        this.inbound = new Inbound(lane, meters.inbound());
        this.outer = new HttpServer(outbound, net.ticker(), lane.busyHandler());
        this.inner = new HttpServer(inbound, net.ticker(), lane.busyHandler());
    }

    void configure(ProxyConfig config, @Nullable InetSocketAddress service) {
        outbound.configure(config, Addresses.of(config));
        inbound.configure(config, service);
    }

    void listen() {
        net.listen(outAddress, host, outer::attach);
        net.listen(inAddress, host, inner::attach);
        sweep();
    }

    private void sweep() {
        if (!stopped) {
            outer.sweep();
            inner.sweep();
            outbound.sweep();
            inbound.sweep();
            net.after(SWEEP_NANOS, this::sweep);
        }
    }

    /** As on SIGTERM: takes nothing new, finishes what is at hand. */
    void drain() {
        net.unlisten(outAddress);
        net.unlisten(inAddress);
        outer.finish();
        inner.finish();
        outbound.finish();
        inbound.finish();
    }

    /** Whether nothing is at hand any more. */
    boolean quiet() {
        return outer.open() == 0 && inner.open() == 0 && inbound.streams() == 0;
    }

    /** As at the end of the time for draining. */
    void stop() {
        stopped = true;
        outer.abort();
        inner.abort();
        outbound.abort();
        inbound.abort();
    }

    /** Falls over. */
    void kill() {
        net.kill(host);
        // What it is about to connect must not live on either.
        stop();
    }

    /** What should be nothing when nobody asks anything, in words; empty when it is nothing. */
    String leftovers() {
        var left = new StringBuilder();
        for (var link : outbound.status().properties()) {
            for (var endpoint : link.getValue()) {
                for (var gauge :
                        new String[] {"active", "queued", "queuedBytes", "inFlight", "waiting"}) {
                    if (endpoint.get(gauge).longValue() != 0) {
                        left.append(' ').append(link.getKey()).append(' ').append(endpoint);
                    }
                }
            }
            long queued = meters.link(link.getKey()).queuedItems();
            if (queued != 0) {
                left.append(" queue gauge ").append(queued);
            }
        }
        return left.toString();
    }
}
