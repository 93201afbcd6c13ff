package io.batchmesh.cli;

import io.batchmesh.push.PushLog;
import io.batchmesh.push.PushProgress;
import io.batchmesh.push.PushRequest;
import io.batchmesh.push.Pusher;
import io.batchmesh.push.Waves;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Carries a plan out. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "Pushes a topology to the running proxies, wave after wave. When a proxy does not take"
                    + " its config, those after it are left alone.",
            "Shows the plan and asks first; --yes goes without asking.",
            "Exits with 0 when all run it, 4 on a conflict with somebody's newer change, 5 when not"
                    + " all run it, 6 when none could be reached."
        })
public final class PushCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "The topology file.")
    private Path file = Path.of("");

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(
            names = "--dry-run",
            description = "Ask every proxy whether it would take its config; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--waves",
            paramLabel = "LIST",
            description = "How many proxies have it after each wave (default: 1,25%%,100%%).")
    private String waves = "1,25%,100%";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    PushCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var steps = Waves.parse(waves);
        if (steps == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--waves: '" + waves + "' is no list of waves; such as 1,25%,100%");
        }
        if (!yes && !dryRun && !context.console().interactive()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no terminal to ask at; add --yes to push without asking");
        }
        var output = new Output(context);
        var topology = TopologyInput.read(file, output);
        var session = target.open(context, topology);
        var planning = Planning.of(topology, session);
        var request =
                new PushRequest(
                        session.environment(),
                        planning.plan(),
                        steps,
                        author(),
                        planning.revision());
        var report = new PushReport(request, planning.desired());
        if (!json) {
            PlanReport.lines(planning.plan(), session.environment().name()).forEach(output::note);
        }
        boolean matters = !dryRun && !planning.plan().doable().isEmpty();
        if (matters && !yes && !agreed(output, planning)) {
            throw new CommandFailure(ExitCode.INCOMPLETE, "nothing was pushed");
        }
        var end = push(request, session, matters);
        if (json) {
            output.json(report.json(end));
        } else {
            report.lines(end).forEach(output::line);
        }
        return PushReport.exitCode(end);
    }

    private String author() {
        var variables = context.console().environment();
        var user = variables.getOrDefault("USER", variables.getOrDefault("USERNAME", ""));
        return user.isBlank() ? "unknown" : user;
    }

    private boolean agreed(Output output, Planning planning) {
        output.note("Push to %d of them? [y/N]".formatted(planning.plan().doable().size()));
        try {
            var in = new InputStreamReader(context.console().in(), StandardCharsets.UTF_8);
            var answer = new BufferedReader(in).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }

    /** A push that would send nothing is not recorded: there would be nothing to take back. */
    private PushProgress push(PushRequest request, TargetOptions.Session session, boolean matters) {
        var log = new PushLog(Directories.of(context).state());
        var pusher = new Pusher(session.client(), context.io(), context.clocks(), log);
        if (dryRun) {
            return pusher.dryRun(request, progress -> {});
        }
        if (!matters) {
            return Pusher.nothingToSend(request);
        }
        var pushing = Thread.currentThread();
        var watch = context.io().submit(() -> interruptWhenStopped(pushing));
        try {
            return pusher.push(request, progress -> {});
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "the push cannot be recorded, so nothing was pushed: " + e.getMessage());
        } finally {
            watch.cancel(true);
            // What was under way has ended; the result is still to be printed.
            Thread.interrupted();
        }
    }

    private void interruptWhenStopped(Thread pushing) {
        try {
            while (!context.stop().await(LOOK)) {
                if (!pushing.isAlive()) {
                    return;
                }
            }
            pushing.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
