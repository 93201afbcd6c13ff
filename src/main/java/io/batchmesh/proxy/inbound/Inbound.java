package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.proxy.http.ConnectionPool;
import io.batchmesh.proxy.http.Discard;
import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.http.RequestHandler;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.InboundMeters;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The calls of peers to the own service. Confined to the event loop of its lane. */
public final class Inbound implements RequestHandler {
    /** Connections to the own service, and calls that may wait for one. */
    private static final int MAX_CONNECTIONS = 256;

    private static final int MAX_WAITING = 8192;

    private final Lane lane;
    private final InboundMeters meters;
    private @Nullable ConnectionPool service;
    private @Nullable SocketAddress address;

    public Inbound(Lane lane, InboundMeters meters) {
        this.lane = lane;
        this.meters = meters;
    }

    /**
     * Takes a config for all requests that come from now on.
     *
     * @param endpoint the service's resolved address; null when there is no service to call
     */
    public void configure(ProxyConfig config, @Nullable SocketAddress endpoint) {
        if (endpoint != null && endpoint.equals(address)) {
            return;
        }
        if (service != null) {
            service.finish();
        }
        address = endpoint;
        service = null;
        if (endpoint != null) {
            service = new ConnectionPool(lane.client(), endpoint, lane.ticker());
            service.limits(MAX_CONNECTIONS, MAX_WAITING);
        }
    }

    @Override
    public Intake accept(Incoming request) {
        if (service == null) {
            request.reply(
                    new Problem(404, "no-service", "this proxy has no service of its own", null)
                            .reply());
            return Discard.BODY;
        }
        return new PlainPass(request, service, meters, lane.ticker());
    }

    /** Opens no more connections and closes those that are idle; what is at hand goes on. */
    public void finish() {
        if (service != null) {
            service.finish();
        }
    }

    /** Breaks everything off. */
    public void abort() {
        if (service != null) {
            service.abort();
        }
    }

    /** Closes what was idle for too long. */
    public void sweep() {
        if (service != null) {
            service.sweep();
        }
    }
}
