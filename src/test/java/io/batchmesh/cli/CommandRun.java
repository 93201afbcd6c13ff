package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.Topology;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs commands as a shell would, without a desktop. */
final class CommandRun implements AutoCloseable {
    private final CountDownLatch printed = new CountDownLatch(1);
    private final StringWriter out =
            new StringWriter() {
                @Override
                public void flush() {
                    if (!getBuffer().isEmpty()) {
                        printed.countDown();
                    }
                }
            };
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final OkHttpClient http = new OkHttpClient();
    private final StopSignal stop = new StopSignal();
    private final @Nullable EventLoopGroup loops;
    private boolean interactive;
    private Desktop desktop = new NoDesktop();
    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** For commands that start no proxy. */
    CommandRun() {
        this(0);
    }

    /**
     * For commands that may start proxies.
     *
     * @param loops on so many event loops
     */
    CommandRun(int loops) {
        var threads = new DefaultThreadFactory("command-loop", true);
        this.loops = loops == 0 ? null : Transport.newLoops(loops, threads);
    }

    /** Stands where no desktop may be opened. */
    private record NoDesktop() implements Desktop {
        @Override
        public int open(OpenRequest request, CommandContext context) {
            throw new AssertionError("no desktop here");
        }

        @Override
        public void render(Topology topology, Path picture, boolean light) {
            throw new AssertionError("no desktop here");
        }
    }

    /** Sets a variable of the environment of the commands that follow. */
    CommandRun with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** Whether somebody sits at the terminal of the commands that follow. */
    CommandRun interactive(boolean yes) {
        interactive = yes;
        return this;
    }

    /** Opens windows for the commands that follow. */
    CommandRun on(Desktop shown) {
        desktop = shown;
        return this;
    }

    int run(String... arguments) {
        return run(new byte[0], arguments);
    }

    /** Runs a command with something on its standard input. */
    int run(byte[] in, String... arguments) {
        var console =
                new CommandContext.Console(
                        new ByteArrayInputStream(in),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        interactive,
                        Map.copyOf(environment));
        var context =
                new CommandContext(
                        console,
                        new Clocks(InstantSource.system(), System::nanoTime),
                        io,
                        timer,
                        () -> loops == null ? fail("no event loops needed") : loops,
                        () -> http,
                        desktop,
                        stop);
        int code = BatchmeshCommand.commandLine(context).execute(arguments);
        assertFalse((out + "" + err).contains("\tat "), "no stack trace: " + out + err);
        return code;
    }

    /** Runs a command beside the test. */
    CompletableFuture<Integer> start(String... arguments) {
        return CompletableFuture.supplyAsync(() -> run(arguments), io);
    }

    /** Waits until something is on standard output, at most so long; whether it is. */
    boolean printedWithin(Duration limit) throws InterruptedException {
        return printed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The signal that ends the commands, as Ctrl-C does. */
    StopSignal stop() {
        return stop;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Forgets what was printed so far. */
    void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    /** The one document on standard output. */
    JsonNode json() {
        return switch (JsonDocument.parse(out().getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok ok -> ok.document().root();
            case Parsed.Bad bad -> fail(bad + ": " + out + err);
        };
    }

    @Override
    public void close() {
        io.shutdownNow();
        timer.shutdownNow();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
        if (loops != null) {
            var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
