package io.batchmesh.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a push would change. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a push of a topology would change in the running proxies.",
            "Exits with 0 when nothing differs, 3 when something does, 6 when a proxy cannot be"
                    + " reached or read."
        })
public final class PlanCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "The topology file.")
    private Path file = Path.of("");

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    PlanCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var output = new Output(context);
        var topology = TopologyInput.read(file, output);
        var session = target.open(context, topology);
        var planning = Planning.of(topology, session);
        var name = session.environment().name();
        if (json) {
            output.json(PlanReport.json(planning.plan(), name, planning.revision()));
        } else {
            PlanReport.lines(planning.plan(), name).forEach(output::line);
        }
        if (!planning.answered()) {
            return ExitCode.UNREACHABLE;
        }
        return planning.plan().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
}
