package io.batchmesh.forecast;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The means of what was seen of a link several times. */
final class MeanCase {
    private final List<LinkCase> seen;

    private MeanCase(List<LinkCase> seen) {
        this.seen = seen;
    }

    /**
     * Puts together what was seen.
     *
     * @param seen with loads, at least one
     */
    static LinkCase of(List<LinkCase> seen, LinkCase last) {
        var means = new MeanCase(seen);
        return new LinkCase(last.link(), last.window(), means.load(), means.known(), last.kind());
    }

    private Workload load() {
        var wire =
                new Workload.Wire(
                        mean(c -> load(c).wire().delay()), load(seen.getLast()).wire().bandwidth());
        var service =
                new Workload.Service(
                        mean(c -> load(c).service().p50()),
                        mean(c -> load(c).service().p99()),
                        mean(c -> load(c).service().item()),
                        load(seen.getLast()).service().bulk());
        return new Workload(
                seen.stream().mapToDouble(c -> load(c).rate()).average().orElseThrow(),
                mean(c -> load(c).requestBytes()),
                mean(c -> load(c).replyBytes()),
                mean(c -> load(c).compression()),
                mean(c -> load(c).answered()),
                wire,
                service,
                load(seen.getLast()).queues());
    }

    private static Workload load(LinkCase link) {
        return Objects.requireNonNull(link.load());
    }

    private LinkCase.Known known() {
        return new LinkCase.Known(
                seen.stream().mapToDouble(c -> c.known().requests()).sum(),
                seen.stream().mapToDouble(c -> c.known().lookUps()).sum(),
                mean(c -> c.known().coalesced()),
                mean(c -> c.known().again()),
                mean(c -> c.known().collect()));
    }

    /** By requests; of those where it is known. */
    private double mean(ToDoubleFunction<LinkCase> part) {
        double sum = 0;
        double weights = 0;
        for (var one : seen) {
            double value = part.applyAsDouble(one);
            double weight = Double.isFinite(value) ? Math.max(1, one.known().requests()) : 0;
            sum += weight == 0 ? 0 : weight * value;
            weights += weight;
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }
}
