package io.batchmesh.proxy;

import io.batchmesh.proxy.meter.CpuLedger;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;

/**
 * What a sidecar is given to work with. Sidecars that share event loops share one of these, so that
 * the CPU time of the loops is split among them.
 *
 * @param loops event loops of one of the kinds of {@link
 *     io.batchmesh.proxy.loop.Transport#newLoops}; each sidecar lives on one of them
 * @param clocks the time
 * @param cpu splits the CPU time of the loops
 */
public record SidecarParts(EventLoopGroup loops, Clocks clocks, CpuLedger cpu) {
    /** Parts with a ledger of their own. */
    public SidecarParts(EventLoopGroup loops, Clocks clocks) {
        this(loops, clocks, new CpuLedger());
    }
}
