package io.batchmesh.mesh;

import io.batchmesh.forecast.DrawnLoad;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.translate.SidecarSite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the links of a topology carry, in equal shares for the proxies of a fleet: the caller's on
 * the one side, the callee's on the other.
 */
final class FleetLoad {
    private final Topology topology;
    private final double factor;
    private final long seed;
    private final Map<ServiceId, Integer> sites = new HashMap<>();

    FleetLoad(Topology topology, List<SidecarSite> sidecars, FleetSettings settings) {
        this.topology = topology;
        this.factor = settings.factor(topology);
        this.seed = settings.seed();
        sidecars.forEach(s -> sites.merge(s.service(), 1, Integer::sum));
    }

    Topology topology() {
        return topology;
    }

    /** The link as it is drawn with what one proxy of its caller sends over it. */
    record Share(Link link, Swell swell) {}

    /** By link, what one proxy of a service sends. */
    Map<String, Share> from(ServiceId service) {
        var shares = new HashMap<String, Share>();
        for (var link : topology.linksFrom(service)) {
            double rate = DrawnLoad.rate(topology, link) * factor;
            if (rate > 0) {
                var swell = swell(link.id(), rate / sites.getOrDefault(service, 1));
                shares.put(link.id().toString(), new Share(link, swell));
            }
        }
        return shares;
    }

    /** What one proxy of a service is sent, by all that call it. */
    List<Swell> to(ServiceId service) {
        int own = sites.getOrDefault(service, 1);
        return topology.linksTo(service).stream()
                .map(l -> swell(l.id(), DrawnLoad.rate(topology, l) * factor / own))
                .filter(s -> s.perSecond() > 0)
                .toList();
    }

    /** All proxies of a link rise and fall together. */
    private Swell swell(LinkId link, double rate) {
        return Swell.of(rate, seed * 31 + link.toString().hashCode());
    }
}
