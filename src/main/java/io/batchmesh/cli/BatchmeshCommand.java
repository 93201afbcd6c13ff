package io.batchmesh.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "batchmesh",
        mixinStandardHelpOptions = true,
        versionProvider = BatchmeshCommand.Version.class,
        description = "The desktop console for service meshes that batch.",
        synopsisSubcommandLabel = "COMMAND")
public final class BatchmeshCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchmeshCommand.class);

    @Spec private Model.@Nullable CommandSpec spec;

    private BatchmeshCommand() {}

    /** The command line with all commands, which use what the context offers. */
    public static CommandLine commandLine(CommandContext context) {
        var line = new CommandLine(new BatchmeshCommand());
        commands(context).forEach(line::addSubcommand);
        line.setOut(context.console().out());
        line.setErr(context.console().err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, failed, parsed) -> failure(e, context));
        return line;
    }

    private static List<Object> commands(CommandContext context) {
        return List.of(
                new BreakGlassCommand(context),
                new DiscoverCommand(context),
                new ForecastCommand(context),
                new MeshCommand(context),
                new OpenCommand(context),
                new PlanCommand(context),
                new ProxyCommand(context),
                new PushCommand(context),
                new RollbackCommand(context),
                new HistoryCommand(context),
                new RenderCommand(context),
                new RulesCommand(context),
                new ScrapeCommand(context),
                new StatusCommand(context),
                new TapCommand(context),
                new ValidateCommand(context));
    }

    private static int failure(Exception e, CommandContext context) {
        var err = context.console().err();
        if (e instanceof CommandFailure failure) {
            err.println("batchmesh: " + failure.getMessage());
            return failure.exitCode();
        }
        LOG.error("A command failed by a fault of the program", e);
        err.println("batchmesh: internal error: " + e + "; the log has the details");
        return ExitCode.INTERNAL;
    }

    /** Without a command, says how to use it. */
    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCode.USAGE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = BatchmeshCommand.class.getPackage().getImplementationVersion();
            return new String[] {"batchmesh " + (version == null ? "(development)" : version)};
        }
    }
}
