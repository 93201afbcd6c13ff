package io.batchmesh.cli;

import io.batchmesh.alert.PrometheusRules;
import io.batchmesh.alert.UsualAlerts;
import io.batchmesh.edit.AlertEdit;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the alerts of a topology as rules for Prometheus. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the alerts of a topology file as alerting rules for Prometheus, over the metrics"
                    + " of our sidecars.",
            "What Prometheus cannot watch is left out, and named in a comment and on standard error."
        })
public final class RulesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "The topology file.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The rule file to write; standard output by default.")
    private @Nullable Path out;

    @Option(
            names = "--rate-window",
            paramLabel = "T",
            description =
                    "The window of rates, four intervals between scrapes or more; 1min by default.")
    private @Nullable String window;

    @Option(
            names = "--usual",
            description = "With the usual alerts too, of those names that the file does not have.")
    private boolean usual;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    RulesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var output = new Output(context);
        var read = TopologyInput.read(file, output);
        var topology = usual ? new AlertEdit.AddAlerts(UsualAlerts.ALL).apply(read) : read;
        var rules = PrometheusRules.of(topology, window());
        rules.left()
                .forEach(l -> output.note(Plain.text("left out: " + l.alert() + ": " + l.why())));
        if (rules.alerts().isEmpty()) {
            output.note(file + " has no alerts to write; --usual writes the usual ones");
        }
        if (out != null) {
            write(out, rules.yaml());
        }
        if (json) {
            output.json(rules.json());
        } else if (out == null) {
            context.console().out().print(rules.yaml());
            context.console().out().flush();
        } else {
            output.note("%d rules written to %s".formatted(rules.alerts().size(), out));
        }
        return ExitCode.DONE;
    }

    private Duration window() {
        if (window == null) {
            return PrometheusRules.RATE_WINDOW;
        }
        try {
            var length = Durations.parse(window);
            if (length.compareTo(Duration.ofSeconds(1)) >= 0) {
                return length;
            }
            throw new CommandFailure(ExitCode.USAGE, "--rate-window: must be a second or more");
        } catch (QuantityException e) {
            throw new CommandFailure(ExitCode.USAGE, "--rate-window: " + e.getMessage());
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INVALID, "cannot write " + file + ": " + e);
        }
    }
}
