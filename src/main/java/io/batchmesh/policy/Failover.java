package io.batchmesh.policy;

import java.util.List;

/** Where requests go when the endpoints of the caller's own zone are not fit. */
public record Failover(List<Zone> zones) {
    public Failover {
        zones = List.copyOf(zones);
    }

    /**
     * The order of zones for one zone.
     *
     * @param from the zone of the caller
     * @param to the zones to try, first first
     */
    public record Zone(String from, List<String> to) {
        public Zone {
            to = List.copyOf(to);
        }
    }
}
