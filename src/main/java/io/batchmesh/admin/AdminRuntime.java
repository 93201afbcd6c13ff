package io.batchmesh.admin;

import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;

/**
 * What an admin endpoint runs on; none of it is closed by the endpoint.
 *
 * @param loops accept and read connections; never blocked
 * @param worker handles calls, which may wait for the subject and for the disk: a virtual thread
 *     for each, or a pool
 * @param clocks for stamps and the uptime
 * @param delays for configs that wait to be confirmed
 * @param meter told what each call was for
 */
public record AdminRuntime(
        EventLoopGroup loops, Executor worker, Clocks clocks, Delays delays, ActivityMeter meter) {
    /** A runtime whose delays are those of the event loops and that charges nobody. */
    public static AdminRuntime of(EventLoopGroup loops, Executor worker, Clocks clocks) {
        return new AdminRuntime(loops, worker, clocks, Delays.on(loops), ActivityMeter.NONE);
    }

    public AdminRuntime withMeter(ActivityMeter meter) {
        return new AdminRuntime(loops, worker, clocks, delays, meter);
    }
}
