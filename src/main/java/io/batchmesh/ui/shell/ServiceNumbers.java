package io.batchmesh.ui.shell;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;

/**
 * What a list says of a service. Where nothing comes in that a sidecar sees, as with a gateway, it
 * is what goes out.
 *
 * @param rate requests per second, NaN where unknown
 * @param p99 seconds, NaN where unknown
 * @param mark a shape that says how it is without colour
 * @param tone the style of the mark
 */
record ServiceNumbers(double rate, double p99, String mark, String tone) {
    private static final double MANY_ERRORS = 0.05;
    private static final double SOME_ERRORS = 0.001;

    static ServiceNumbers of(ServiceId id, Topology topology, MeshSnapshot snapshot) {
        var served = snapshot.services().get(id.name());
        if (served != null && served.requestsPerSecond() > 0) {
            return new ServiceNumbers(
                    served.requestsPerSecond(),
                    served.latency().p99(),
                    mark(id, served.errorShare(), snapshot),
                    tone(id, served.errorShare(), snapshot));
        }
        double rate = 0;
        double p99 = Double.NaN;
        boolean seen = false;
        for (var link : topology.linksFrom(id)) {
            var metrics = snapshot.link(link.id().toString());
            if (metrics != null) {
                seen = true;
                rate += Double.isNaN(metrics.requestsPerSecond()) ? 0 : metrics.requestsPerSecond();
                double slowest = metrics.latency().all().p99();
                p99 = Double.isNaN(p99) ? slowest : Math.max(p99, slowest);
            }
        }
        return new ServiceNumbers(
                seen ? rate : Double.NaN,
                p99,
                seen ? mark(id, 0, snapshot) : "○",
                seen ? tone(id, 0, snapshot) : "bm-faint");
    }

    private static String mark(ServiceId id, double errors, MeshSnapshot snapshot) {
        return switch (tone(id, errors, snapshot)) {
            case "bm-error" -> "■";
            case "bm-warn" -> "▲";
            default -> "●";
        };
    }

    private static String tone(ServiceId id, double errors, MeshSnapshot snapshot) {
        var own =
                snapshot.proxies().values().stream()
                        .filter(p -> p.service().equals(id.name()))
                        .toList();
        long live = own.stream().filter(p -> p.state() == ProxyState.LIVE).count();
        if (errors > MANY_ERRORS || (!own.isEmpty() && live == 0)) {
            return "bm-error";
        }
        return errors > SOME_ERRORS || live < own.size() ? "bm-warn" : "bm-ok";
    }
}
