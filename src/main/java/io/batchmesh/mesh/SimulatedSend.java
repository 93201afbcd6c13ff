package io.batchmesh.mesh;

import io.batchmesh.forecast.Workload;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.meter.Path;
import io.batchmesh.proxy.meter.StageTimes;

/** The way of simulated requests to a service and back. Not for several threads. */
final class SimulatedSend {
    private static final double FRAME_BYTES = 80;
    private static final double SPREAD = 0.25;

    private final Workload load;
    private final Chance chance;
    private final LinkMeters meters;
    private final double packed;

    /**
     * Of one wire and service.
     *
     * @param packed bytes after compression for each before it
     */
    SimulatedSend(Workload load, Chance chance, LinkMeters meters, double packed) {
        this.load = load;
        this.chance = chance;
        this.meters = meters;
        this.packed = packed;
    }

    /** Where the time of a batch goes, in seconds; the service takes each request by itself. */
    record Frame(double out, double peer, double item) {}

    /** What a request waited before, in nanoseconds; {@code rest} is seen by no stage. */
    record Before(long cache, long collect, long combine, long compress, long rest) {}

    private double wire(double bytes) {
        return load.wire().delay() + bytes / load.wire().bandwidth() + chance.around(40e-6, 0.3);
    }

    private double service(double items) {
        return chance.around(load.service().p50(), SPREAD) + load.service().item() * items;
    }

    /** Seconds of a request that goes by itself. */
    double plain() {
        return wire(load.requestBytes()) + service(1) + wire(load.replyBytes());
    }

    /** So many batches of this size go out, and their answers come. */
    Frame batch(int items, long batches) {
        double bytes = FRAME_BYTES + items * load.requestBytes() * packed;
        double replies = items * load.replyBytes();
        meters.wire()
                .received(
                        Math.round(batches * (FRAME_BYTES + replies)),
                        Math.round(batches * (FRAME_BYTES + replies * packed)));
        return new Frame(wire(bytes), chance.around(25e-6, 0.3), load.service().bulk() ? items : 1);
    }

    /** So many requests were answered, all alike. */
    void observe(Before before, Frame frame, long requests) {
        long out = Math.round(frame.out() * 1e9);
        long peer = Math.round(frame.peer() * 1e9);
        long service = Math.round(service(frame.item()) * 1e9);
        long back = Math.round(wire(load.replyBytes() * packed) * 1e9);
        long send = out + peer + service + back;
        meters.part(SendPart.WIRE_OUT, out, requests);
        meters.part(SendPart.PEER, peer, requests);
        meters.part(SendPart.SERVICE, service, requests);
        meters.part(SendPart.WIRE_BACK, back, requests);
        var stages =
                new StageTimes(
                        before.cache(),
                        before.collect(),
                        before.combine(),
                        before.compress(),
                        send);
        meters.staged(stages, requests);
        long all =
                before.cache()
                        + before.collect()
                        + before.combine()
                        + before.compress()
                        + before.rest()
                        + send;
        meters.answered(Path.BATCHED, all, requests);
    }
}
