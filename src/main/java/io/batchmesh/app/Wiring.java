package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.cli.Desktop;
import io.batchmesh.cli.StopSignal;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and closes all executors, clocks and clients of the program. */
final class Wiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final int MAX_HTTP_CALLS = 256;

    private final ExecutorService io =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual()
                            .name("io-", 0)
                            .uncaughtExceptionHandler(Wiring::uncaught)
                            .factory());
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform()
                            .name("timer")
                            .daemon()
                            .uncaughtExceptionHandler(Wiring::uncaught)
                            .factory());
    private final Lazy<EventLoopGroup> loops =
            new Lazy<>(
                    Wiring::eventLoops,
                    group ->
                            group.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                                    .awaitUninterruptibly(2000));
    private final Lazy<OkHttpClient> http;
    private final CommandContext context;

    Wiring(Desktop desktop) {
        http = new Lazy<>(this::httpClient, client -> client.connectionPool().evictAll());
        var stop = new StopSignal();
        Signals.raise(stop);
        var clocks = new Clocks(InstantSource.system(), System::nanoTime);
        context = new CommandContext(console(), clocks, io, timer, loops, http, desktop, stop);
    }

    CommandContext context() {
        return context;
    }

    private static CommandContext.Console console() {
        return new CommandContext.Console(
                System.in,
                writer(System.out),
                writer(System.err),
                atTerminal(),
                Map.copyOf(System.getenv()));
    }

    /** Since JDK 25 the console is null again where there is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean atTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static EventLoopGroup eventLoops() {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
        var factory = new DefaultThreadFactory("loop", true);
        return Epoll.isAvailable()
                ? new MultiThreadIoEventLoopGroup(threads, factory, EpollIoHandler.newFactory())
                : new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory());
    }

    private OkHttpClient httpClient() {
        var dispatcher = new Dispatcher(io);
        dispatcher.setMaxRequests(MAX_HTTP_CALLS);
        dispatcher.setMaxRequestsPerHost(MAX_HTTP_CALLS);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    private static void uncaught(Thread thread, Throwable e) {
        LOG.error("Thread {} ended by a fault of the program", thread.getName(), e);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        io.shutdownNow();
        http.close();
        loops.close();
    }
}
