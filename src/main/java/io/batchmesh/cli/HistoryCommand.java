package io.batchmesh.cli;

import io.batchmesh.json.ObjectWriter;
import io.batchmesh.push.EarlierPush;
import io.batchmesh.push.ProxyPush;
import io.batchmesh.push.PushLog;
import io.batchmesh.push.PushRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Says what was pushed. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what was pushed to a target, the newest first: from here, as it was written down,"
                    + " and by others, as the proxies remember it (each its last ten configs).",
            "Exits with 0, also when nothing is known."
        })
public final class HistoryCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    HistoryCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * A push.
     *
     * @param name how 'rollback' takes it
     * @param own whether it was made from here
     * @param counts proxies by what became of them
     */
    private record Row(
            String name,
            boolean own,
            Instant at,
            String author,
            @Nullable String revision,
            Map<String, Integer> counts,
            boolean finished) {
        String words() {
            var words = new ArrayList<String>();
            counts.forEach((state, count) -> words.add(count + " " + state));
            return String.join(", ", words) + (finished ? "" : ", not finished");
        }
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--limit: must be at least 1, not " + limit);
        }
        var output = new Output(context);
        var session = target.open(context, null);
        var name = session.environment().name();
        var rows = new LinkedHashMap<String, Row>();
        for (var push :
                EarlierPush.of(session.environment(), session.client(), session.readback())) {
            rows.put(push.name(), row(push));
        }
        for (var record : own(name)) {
            rows.put(record.id().header(), row(record));
        }
        var newest =
                rows.values().stream()
                        .sorted(Comparator.comparing(Row::at).reversed())
                        .limit(limit)
                        .toList();
        if (json) {
            output.json(
                    ObjectWriter.object(o ->
                            o.put("target", name)
                                    .putArray("pushes", newest, HistoryCommand::json)));
        } else if (newest.isEmpty()) {
            output.note(name + ": nothing was pushed that is remembered");
        } else {
            table(newest).forEach(output::line);
        }
        return ExitCode.DONE;
    }

    private List<PushRecord> own(String environment) {
        try {
            return new PushLog(Directories.of(context).state())
                    .records().stream().filter(r -> r.target().equals(environment)).toList();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INVALID, "the record of pushes cannot be read: " + e.getMessage());
        }
    }

    private static Row row(EarlierPush push) {
        var author = push.author() == null ? "" : push.author();
        var counts = Map.of("acked", push.proxies().size());
        return new Row(push.name(), false, push.at(), author, null, counts, true);
    }

    private static Row row(PushRecord record) {
        var states = new TreeMap<ProxyPush.State, Integer>();
        record.proxies().forEach(p -> states.merge(p.state(), 1, Integer::sum));
        var counts = new LinkedHashMap<String, Integer>();
        states.forEach((state, count) -> counts.put(state.label(), count));
        return new Row(
                record.id().toString(),
                true,
                record.time(),
                record.author(),
                record.revision(),
                counts,
                record.finished());
    }

    private static ObjectNode json(Row row) {
        return ObjectWriter.object(o ->
                o.put("push", row.name())
                        .put("own", row.own())
                        .put("time", row.at().toString())
                        .put("author", row.author())
                        .put("revision", row.revision())
                        .put("finished", row.finished())
                        .put("proxies", counts(row)));
    }

    private static ObjectNode counts(Row row) {
        return ObjectWriter.object(
                o -> row.counts().forEach((state, count) -> o.put(state, (long) count)));
    }

    private static List<String> table(List<Row> rows) {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("PUSH", "TIME", "AUTHOR", "PROXIES"));
        for (var row : rows) {
            var at = row.at().truncatedTo(ChronoUnit.SECONDS).toString();
            lines.add(List.of(row.name(), at, row.author(), row.words()));
        }
        return Plain.columns(lines);
    }
}
