package io.batchmesh.cli;

import io.batchmesh.forecast.DrawnLoad;
import io.batchmesh.forecast.Workload;
import io.batchmesh.model.Link;
import io.batchmesh.model.Topology;
import org.jspecify.annotations.Nullable;

/** What a link of the local mesh carries, by what its file says. */
final class SimulatedLoad {
    private SimulatedLoad() {}

    /**
     * The workload of a link.
     *
     * @param rate requests per second, or null for what the file says
     * @throws CommandFailure when the file does not say it
     */
    static Workload of(Topology topology, Link link, @Nullable Double rate) {
        double arrivals = rate == null ? DrawnLoad.rate(topology, link) : rate;
        if (!(arrivals > 0) || arrivals > 1e7) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    link.id() + " has no rate in the file; give one from 0 to 10M with --rate");
        }
        return DrawnLoad.of(topology, link, arrivals);
    }
}
