package io.batchmesh.cli;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.push.BreakGlass;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import io.batchmesh.target.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Switches something by hand at running proxies, past plans and pushes. */
@Command(
        name = "break-glass",
        mixinStandardHelpOptions = true,
        description = {
            "Switches something off at the running proxies at once, over their configs: 'batching"
                    + " LINK' lets the requests of a link go one by one; 'eject ENDPOINT' sends"
                    + " nothing to an endpoint; 'list' says what is switched.",
            "A later push leaves it; --undo, the end of --expires, or a restart of the proxy ends"
                    + " it. It is no drift, but it is always shown.",
            "Exits with 6 when a proxy cannot be reached, with 1 when there is nothing to switch."
        })
public final class BreakGlassCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "WHAT", description = "list, batching, or eject.")
    private String what = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WHICH",
            description = {
                "A link as a->b or a:b; an endpoint as its address, as service/subset for all of a"
                        + " subset, or as service/subset/1 for its first."
            })
    private @Nullable String which;

    @Option(names = "--undo", description = "Take it back.")
    private boolean undo;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "When it ends by itself, from 1s to 24h; else when it is taken back.")
    private @Nullable String expires;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The topology file, for --target drawn.")
    private @Nullable Path file;

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    BreakGlassCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var output = new Output(context);
        var session = target.open(context, file == null ? null : TopologyInput.read(file, output));
        var glass = new BreakGlass(session.client(), context.io());
        var environment = session.environment();
        var answers =
                switch (what) {
                    case "list" -> glass.list(environment);
                    case "batching" -> glass.batching(environment, link(), act());
                    case "eject" -> glass.endpoint(environment, subject("an endpoint"), act());
                    default ->
                            throw new CommandFailure(
                                    ExitCode.USAGE,
                                    "'" + what + "' is not known; list, batching, or eject");
                };
        if (json) {
            output.json(
                    ObjectWriter.object(o ->
                            o.putArray(
                                    "proxies",
                                    answers.entrySet(),
                                    e -> json(e.getKey(), e.getValue()))));
        } else {
            lines(answers).forEach(output::line);
        }
        return exitCode(answers);
    }

    private BreakGlass.Act act() {
        return new BreakGlass.Act(!undo, duration(), author());
    }

    private @Nullable Duration duration() {
        try {
            return expires == null ? null : Durations.parse(expires);
        } catch (QuantityException e) {
            throw new CommandFailure(ExitCode.USAGE, "--expires: " + e.getMessage());
        }
    }

    private String author() {
        var variables = context.console().environment();
        var user = variables.getOrDefault("USER", variables.getOrDefault("USERNAME", ""));
        return user.isBlank() ? "unknown" : user;
    }

    private String subject(String kind) {
        if (which == null || which.isBlank()) {
            throw new CommandFailure(ExitCode.USAGE, what + " needs " + kind + " as WHICH");
        }
        return which;
    }

    private LinkId link() {
        var text = subject("a link");
        var link = LinkId.parse(text.contains("->") ? text : text.replace(":", "->"));
        if (link == null) {
            throw new CommandFailure(ExitCode.USAGE, "'" + text + "' is no link; write a->b");
        }
        return link;
    }

    private int exitCode(Map<ProxyId, Reading<List<OverrideEntry>>> answers) {
        boolean all =
                answers.values().stream()
                        .allMatch(r -> r instanceof Reading.Got || r instanceof Reading.None);
        if (!all) {
            return ExitCode.UNREACHABLE;
        }
        boolean some = answers.values().stream().anyMatch(r -> r instanceof Reading.Got);
        return some ? ExitCode.DONE : ExitCode.INVALID;
    }

    private static ObjectNode json(ProxyId proxy, Reading<List<OverrideEntry>> answer) {
        return ObjectWriter.object(o -> {
            o.put("proxy", proxy.name()).put("state", state(answer));
            if (answer instanceof Reading.Got<List<OverrideEntry>>(var entries)) {
                o.putArray("overrides", entries, BreakGlassCommand::json);
            }
        });
    }

    private static ObjectNode json(OverrideEntry entry) {
        return ObjectWriter.object(o ->
                o.put("kind", entry.kind().label())
                        .put("subject", entry.subject())
                        .put("since", entry.since().toString())
                        .put("until", entry.until() == null ? null : entry.until().toString())
                        .put("author", entry.author()));
    }

    private static String state(Reading<List<OverrideEntry>> answer) {
        return switch (answer) {
            case Reading.Got<List<OverrideEntry>> _ -> "done";
            case Reading.None<List<OverrideEntry>> _ -> "not concerned";
            case Reading.Unreachable<List<OverrideEntry>>(var why) -> "unreachable: " + why;
            case Reading.Unreadable<List<OverrideEntry>>(var why) -> "failed: " + why;
        };
    }

    private static List<String> lines(Map<ProxyId, Reading<List<OverrideEntry>>> answers) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("PROXY", "", "SWITCHED", "SUBJECT", "SINCE", "UNTIL", "BY"));
        answers.forEach((proxy, answer) -> {
            var entries =
                    answer instanceof Reading.Got<List<OverrideEntry>>(var list)
                            ? list
                            : List.<OverrideEntry>of();
            for (var entry : entries) {
                rows.add(
                        List.of(
                                proxy.name(),
                                state(answer),
                                entry.kind().label(),
                                entry.subject(),
                                entry.since().toString(),
                                entry.until() == null ? "taken back" : entry.until().toString(),
                                entry.author() == null ? "-" : entry.author()));
            }
            if (entries.isEmpty()) {
                rows.add(List.of(proxy.name(), state(answer), "-", "-", "-", "-", "-"));
            }
        });
        return Plain.columns(rows);
    }
}
