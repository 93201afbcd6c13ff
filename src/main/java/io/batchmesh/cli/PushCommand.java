package io.batchmesh.cli;

import io.batchmesh.push.PushRequest;
import io.batchmesh.push.Waves;
import java.nio.file.Path;
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
        if (!yes && !dryRun) {
            PushRun.needsTerminal(context);
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
                        PushRun.author(context),
                        planning.revision());
        var report = new PushReport(request, planning.desired());
        if (!json) {
            PlanReport.lines(planning.plan(), session.environment().name()).forEach(output::note);
        }
        var run = new PushRun(context, session);
        boolean matters = !dryRun && !planning.plan().doable().isEmpty();
        if (matters && !yes && !run.agreed(output, planning.plan())) {
            throw new CommandFailure(ExitCode.INCOMPLETE, "nothing was pushed");
        }
        var end = dryRun ? run.dryRun(request) : run.push(request);
        if (json) {
            output.json(report.json(end));
        } else {
            report.lines(end).forEach(output::line);
        }
        return PushReport.exitCode(end);
    }
}
