package io.batchmesh.cli;

import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * What a command may use of the world. Everything in it is made and closed by {@code app}.
 *
 * @param console where it reads and writes
 * @param clocks wall time and ticker
 * @param io a virtual thread for each task
 * @param timer for tasks at a later time; tasks must be short
 * @param loops the event loops of proxies; made when first asked for
 * @param http the HTTP client; made when first asked for
 * @param desktop opens windows and draws pictures
 * @param stop raised when the program is asked to end
 */
public record CommandContext(
        Console console,
        Clocks clocks,
        ExecutorService io,
        ScheduledExecutorService timer,
        Supplier<EventLoopGroup> loops,
        Supplier<OkHttpClient> http,
        Desktop desktop,
        StopSignal stop) {
    /**
     * Where a command reads and writes.
     *
     * @param in standard input
     * @param out standard output, flushed by each line
     * @param err standard error, flushed by each line
     * @param interactive whether a person sits at a terminal and can be asked
     * @param environment the environment variables
     */
    public record Console(
            InputStream in,
            PrintWriter out,
            PrintWriter err,
            boolean interactive,
            Map<String, String> environment) {}
}
