package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.policy.Ordered;
import java.util.Map;

/**
 * What is said about the drawn things beside what is drawn and what is seen.
 *
 * @param running what the proxies run
 * @param stamps state of the services' proxies in a push, or drift
 * @param services findings and faults of services
 * @param links findings and faults of links
 */
public record Annotations(
        Running running,
        Map<ServiceId, Stamp> stamps,
        Map<ServiceId, Attention> services,
        Map<LinkId, Attention> links) {
    /** Nothing is said. */
    public static final Annotations NONE =
            new Annotations(Running.NONE, Map.of(), Map.of(), Map.of());

    public Annotations {
        stamps = Ordered.copy(stamps);
        services = Ordered.copy(services);
        links = Ordered.copy(links);
    }

    public Annotations withRunning(Running running) {
        return new Annotations(running, stamps, services, links);
    }

    public Annotations withStamps(Map<ServiceId, Stamp> stamps) {
        return new Annotations(running, stamps, services, links);
    }

    public Annotations withAttention(
            Map<ServiceId, Attention> services, Map<LinkId, Attention> links) {
        return new Annotations(running, stamps, services, links);
    }
}
