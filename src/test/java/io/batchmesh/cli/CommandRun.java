package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.Topology;
import io.batchmesh.time.Clocks;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import okhttp3.OkHttpClient;
import tools.jackson.databind.JsonNode;

/** Runs commands as a shell would, without proxies and without a desktop. */
final class CommandRun implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

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
                        false,
                        Map.of());
        var context =
                new CommandContext(
                        console,
                        new Clocks(InstantSource.system(), System::nanoTime),
                        io,
                        timer,
                        () -> fail("no event loops needed"),
                        OkHttpClient::new,
                        new NoDesktop(),
                        new StopSignal());
        int code = BatchmeshCommand.commandLine(context).execute(arguments);
        assertFalse((out + "" + err).contains("\tat "), "no stack trace: " + out + err);
        return code;
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
            case Parsed.Bad bad -> fail(bad + ": " + out);
        };
    }

    @Override
    public void close() {
        io.shutdownNow();
        timer.shutdownNow();
    }
}
