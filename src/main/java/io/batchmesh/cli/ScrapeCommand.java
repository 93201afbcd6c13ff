package io.batchmesh.cli;

import io.batchmesh.metrics.Exposition;
import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.Malformed;
import io.batchmesh.observe.Fetch;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads one exposition and prints its samples. */
@Command(
        name = "scrape",
        mixinStandardHelpOptions = true,
        description = {
            "Reads an exposition (Prometheus text or OpenMetrics) and prints its samples.",
            "Exits with 6 when it cannot be reached or read."
        })
public final class ScrapeCommand implements Callable<Integer> {
    private static final int MAX_BYTES = 32 << 20;
    private static final ExpositionLimits LIMITS =
            new ExpositionLimits(MAX_BYTES, 1_000_000, 1_000, 1 << 20);

    private final CommandContext context;

    @Parameters(
            index = "0",
            paramLabel = "URL|FILE|-",
            description = "Where the exposition is; - is standard input.")
    private String source = "-";

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--format",
            paramLabel = "prometheus|openmetrics",
            description = "What it is; told by its content type or its end by default.")
    private @Nullable String format;

    @Option(
            names = "--lenient",
            description = "Read OpenMetrics that breaks its rules, as the dashboard does.")
    private boolean lenient;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "Give a URL this long to answer; ${DEFAULT-VALUE} by default.",
            defaultValue = "10s")
    private String timeout = "10s";

    @Mixin private AccessOptions access = new AccessOptions();

    ScrapeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var text = text();
        var format = format(text.format);
        var result =
                lenient
                        ? Exposition.lenient(text.bytes, format, LIMITS)
                        : Exposition.parse(text.bytes, format, LIMITS);
        switch (result) {
            case Malformed malformed -> throw unreadable(malformed.toString());
            case Exposition exposition -> print(exposition);
        }
        return ExitCode.DONE;
    }

    private ExpositionFormat format(ExpositionFormat found) {
        return switch (format) {
            case null -> found;
            case "prometheus" -> ExpositionFormat.PROMETHEUS;
            case "openmetrics" -> ExpositionFormat.OPENMETRICS;
            default ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "scrape: --format is prometheus or openmetrics, not " + format);
        };
    }

    private void print(Exposition exposition) {
        var printer = new ExpositionPrinter(new Output(context));
        if (json) {
            printer.json(exposition);
        } else {
            printer.text(exposition);
        }
    }

    /** What was fetched; a class, since a record would compare its bytes by identity. */
    private static final class Text {
        private final byte[] bytes;
        private final ExpositionFormat format;

        private Text(byte[] bytes, ExpositionFormat format) {
            this.bytes = bytes;
            this.format = format;
        }

        private static Text of(byte[] bytes) {
            return new Text(bytes, ExpositionFormat.guess(bytes));
        }
    }

    private Text text() {
        if (source.contains("://")) {
            return fetched(address());
        }
        try {
            return Text.of(source.equals("-") ? limited(context.console().in()) : file());
        } catch (NoSuchFileException e) {
            throw unreachable("there is no such file; an address begins with http://");
        } catch (IOException e) {
            throw unreachable("cannot be read: " + e.getMessage());
        }
    }

    private byte[] file() throws IOException {
        try {
            var path = Path.of(source);
            if (Files.isDirectory(path)) {
                throw unreachable("is a directory, not a file");
            }
            try (var in = Files.newInputStream(path)) {
                return limited(in);
            }
        } catch (InvalidPathException e) {
            throw new CommandFailure(ExitCode.USAGE, "scrape: not a file name: " + e.getReason());
        }
    }

    private byte[] limited(InputStream in) throws IOException {
        var bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw unreadable("longer than 32 MiB");
        }
        return bytes;
    }

    private Text fetched(URI address) {
        try (var fetch = new Fetch(access.client(context), deadline(), MAX_BYTES, 1)) {
            return switch (fetch.run(fetch.call(address), new byte[0])) {
                case Fetch.Result.Text text ->
                        new Text(Arrays.copyOf(text.buffer(), text.length()), text.format());
                case Fetch.Result.Unreachable no -> throw unreachable(no.reason());
                case Fetch.Result.Unreadable no -> throw unreadable(no.reason());
                case Fetch.Result.TooMuch no -> throw unreadable(no.reason());
            };
        }
    }

    private URI address() {
        try {
            var address = new URI(source);
            var scheme = address.getScheme();
            if (address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return address;
            }
            throw new CommandFailure(
                    ExitCode.USAGE, "scrape: an address must be http://HOST… or https://HOST…");
        } catch (URISyntaxException e) {
            throw new CommandFailure(ExitCode.USAGE, "scrape: not an address: " + e.getReason());
        }
    }

    private Duration deadline() {
        try {
            var deadline = Durations.parse(timeout);
            if (deadline.compareTo(Duration.ofMillis(1)) < 0) {
                throw new CommandFailure(ExitCode.USAGE, "--timeout: must be 1ms or longer");
            }
            return deadline;
        } catch (QuantityException e) {
            throw new CommandFailure(ExitCode.USAGE, "--timeout: " + e.getMessage());
        }
    }

    private CommandFailure unreachable(String reason) {
        return new CommandFailure(ExitCode.UNREACHABLE, "scrape: " + name() + ": " + reason);
    }

    private CommandFailure unreadable(String reason) {
        return new CommandFailure(
                ExitCode.UNREACHABLE, "scrape: " + name() + ": no exposition: " + reason);
    }

    /** The source as it may be shown: without the credentials that an address may hold. */
    private String name() {
        if (source.equals("-")) {
            return "standard input";
        }
        return source.replaceFirst("//[^/@]*@", "//");
    }
}
