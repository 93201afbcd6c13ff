package io.batchmesh.proxy;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configs for tests. */
final class Configs {
    private Configs() {}

    static ProxyConfig caller(LinkConfig... links) {
        return new ProxyConfig(
                "front-1",
                "front",
                null,
                new ProxyConfig.Listeners("127.0.0.1:0", "127.0.0.1:0"),
                null,
                List.of(links),
                null);
    }

    static ProxyConfig called(String endpoint) {
        return called(new ProxyConfig.Inbound(endpoint, List.of(), null));
    }

    static ProxyConfig called(ProxyConfig.Inbound inbound) {
        return new ProxyConfig(
                "back-1",
                "back",
                null,
                new ProxyConfig.Listeners("127.0.0.1:0", "127.0.0.1:0"),
                inbound,
                List.of(),
                null);
    }

    /** A link to {@code back} with one endpoint and one route. */
    static LinkConfig link(String address, Peer peer, BatchWindow window) {
        return new LinkConfig(
                "front->back",
                "back",
                List.of(new Route("default", null, Map.of("v1", 1), null, null, null, null)),
                Map.of("v1", List.of(new LinkConfig.Upstream(address, null, 1, peer))),
                Resilience.DEFAULT,
                window);
    }

    static BatchWindow off() {
        return BatchWindow.DEFAULT.withPolicy(BatchWindow.Policy.OFF);
    }

    static BatchWindow fixed(Duration linger) {
        return BatchWindow.DEFAULT.withPolicy(BatchWindow.Policy.FIXED).withLinger(linger);
    }
}
