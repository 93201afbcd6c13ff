package io.batchmesh.proxy.outbound;

import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.meter.StageTimes;
import io.batchmesh.proxy.upstream.FrameTimes;
import io.batchmesh.proxy.wire.PeerReport;
import org.jspecify.annotations.Nullable;

/**
 * The clock readings of one batched request, from which its stages follow without a gap.
 *
 * @param arrived its head was complete
 * @param cache nanoseconds of the look-up in the cache; 0 where there is none
 * @param frame when its frame was made; null when it never left the queue
 * @param replied the last byte of its reply was written
 */
record StageClock(long arrived, long cache, @Nullable FrameTimes frame, long replied) {
    StageTimes times() {
        if (frame == null) {
            return new StageTimes(cache, replied - arrived - cache, 0, 0, 0);
        }
        long collect = frame.cut() - arrived - cache;
        // Where nothing is packed, writing the units out is part of putting them together.
        long combine = (frame.packed() ? frame.combined() : frame.compressed()) - frame.cut();
        long compress = frame.packed() ? frame.compressed() - frame.combined() : 0;
        return new StageTimes(cache, collect, combine, compress, send());
    }

    long send() {
        return frame == null ? 0 : replied - frame.compressed();
    }

    void observe(LinkMeters meters, @Nullable PeerReport report) {
        meters.staged(times());
        meters.passed(Stage.COLLECT, 1);
        if (frame != null) {
            meters.passed(Stage.COMBINE, 1);
            meters.passed(Stage.SEND, 1);
            if (frame.packed()) {
                meters.passed(Stage.COMPRESS, 1);
            }
            if (report != null) {
                parts(meters, report);
            }
        }
    }

    /**
     * What the peer did not hold was on the wire, half of it each way: no clock is shared with the
     * peer, so the ways are taken for equally long, as NTP does (RFC 5905, section 8).
     */
    long part(SendPart part, PeerReport report) {
        long held = Math.min(report.heldNanos(), send());
        long service = Math.min(report.serviceNanos(), held);
        long wire = send() - held;
        return switch (part) {
            case WIRE_OUT -> wire / 2;
            case PEER -> held - service;
            case SERVICE -> service;
            case WIRE_BACK -> wire - wire / 2;
        };
    }

    private void parts(LinkMeters meters, PeerReport report) {
        meters.part(SendPart.WIRE_OUT, part(SendPart.WIRE_OUT, report));
        meters.part(SendPart.PEER, part(SendPart.PEER, report));
        meters.part(SendPart.SERVICE, part(SendPart.SERVICE, report));
        meters.part(SendPart.WIRE_BACK, part(SendPart.WIRE_BACK, report));
    }
}
