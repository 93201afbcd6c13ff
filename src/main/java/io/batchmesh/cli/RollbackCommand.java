package io.batchmesh.cli;

import io.batchmesh.push.EarlierPush;
import io.batchmesh.push.ProxyPush;
import io.batchmesh.push.PushRecord;
import io.batchmesh.push.PushRequest;
import io.batchmesh.push.Rollback;
import io.batchmesh.push.Waves;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a push back. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a push back: each proxy that got it gets the config that it ran before, from the"
                    + " history that it keeps itself. This is a push like any other, and can be taken"
                    + " back too.",
            "Shows what would change and asks first; --yes goes without asking. A proxy that runs"
                    + " something newer by now is left alone, and said.",
            "Exits with 0 when all run what they ran before, 4 when one runs something newer, 5 when"
                    + " not all do, 6 when none could be reached."
        })
public final class RollbackCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PUSH",
            description = {
                "Which one: as 'history' prints it, also a colleague's; a number alone is one from"
                        + " here. The last one when left out."
            })
    private @Nullable String push;

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(
            names = "--dry-run",
            description = "Ask every proxy whether it would go back; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--waves",
            paramLabel = "LIST",
            description = "How many proxies are back after each wave (default: 100%%).")
    private String waves = "100%";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    RollbackCommand(CommandContext context) {
        this.context = context;
    }

    /** A push that was found. */
    private record Found(String name, List<ProxyPush> proxies) {}

    @Override
    public Integer call() {
        var steps = Waves.parse(waves);
        if (steps == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--waves: '" + waves + "' is no list of waves; such as 1,100%");
        }
        if (!yes && !dryRun) {
            PushRun.needsTerminal(context);
        }
        var output = new Output(context);
        var session = target.open(context, null);
        var run = new PushRun(context, session);
        var environment = session.environment();
        var found = find(session, run);
        var rollback = new Rollback(session.client(), session.readback());
        var proposal = rollback.plan(found.proxies(), environment);
        var plan = proposal.plan();
        var author = PushRun.author(context);
        var request = new PushRequest(environment, plan, steps, author, proposal.revision());
        if (!json) {
            output.note("back to before " + found.name() + ":");
            PlanReport.lines(plan, environment.name()).forEach(output::note);
        }
        boolean matters = !dryRun && !plan.doable().isEmpty();
        if (matters && !yes && !run.agreed(output, plan)) {
            throw new CommandFailure(ExitCode.INCOMPLETE, "nothing was pushed");
        }
        var end = dryRun ? run.dryRun(request) : run.push(request);
        var report = new PushReport(request, List.of());
        if (json) {
            output.json(report.json(end).put("rolledBack", found.name()));
        } else {
            report.lines(end).forEach(output::line);
        }
        return PushReport.exitCode(end);
    }

    /** From the record of this machine, or from what the proxies remember. */
    private Found find(TargetOptions.Session session, PushRun run) {
        var environment = session.environment();
        var own = own(run, environment.name());
        if (own != null) {
            return new Found(own.id().toString(), own.proxies());
        }
        var known = EarlierPush.of(environment, session.client(), session.readback());
        var found = known.stream().filter(p -> push == null || p.name().equals(push)).findFirst();
        if (found.isPresent()) {
            return new Found(found.get().name(), found.get().proxies());
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                push == null
                        ? "the proxies of " + environment.name() + " remember no push"
                        : "no push '"
                                + push
                                + "' is known here, nor to the proxies of "
                                + environment.name()
                                + "; 'history' lists those that are");
    }

    private @Nullable PushRecord own(PushRun run, String environment) {
        try {
            if (push == null) {
                return run.log().last(environment);
            }
            return run.log().records().stream()
                    .filter(r -> r.target().equals(environment))
                    .filter(r -> isNamed(r, push))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INVALID, "the record of pushes cannot be read: " + e.getMessage());
        }
    }

    private static boolean isNamed(PushRecord record, String name) {
        var id = record.id();
        return name.equals(id.header())
                || name.equals(id.toString())
                || name.equals(Long.toString(id.number()));
    }
}
