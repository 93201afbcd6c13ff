package io.batchmesh.proxy;

import io.batchmesh.proxy.meter.CpuLedger;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * What a sidecar is given to work with. Sidecars that share event loops share one of these, so that
 * the CPU time of the loops is split among them.
 *
 * @param loops event loops of one of the kinds of {@link
 *     io.batchmesh.proxy.loop.Transport#newLoops}; each sidecar lives on one of them
 * @param clocks the time
 * @param cpu splits the CPU time of the loops
 * @param io for what waits or takes long: reading certificates, the sums of a TLS handshake
 */
public record SidecarParts(EventLoopGroup loops, Clocks clocks, CpuLedger cpu, Executor io) {
    /** Parts with a ledger of their own. */
    public SidecarParts(EventLoopGroup loops, Clocks clocks, Executor io) {
        this(loops, clocks, new CpuLedger(), io);
    }

    /** Parts with a ledger of their own, which leave what takes long to the common threads. */
    public SidecarParts(EventLoopGroup loops, Clocks clocks) {
        this(loops, clocks, ForkJoinPool.commonPool());
    }
}
