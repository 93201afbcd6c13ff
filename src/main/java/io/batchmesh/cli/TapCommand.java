package io.batchmesh.cli;

import io.batchmesh.admin.tap.TapJson;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.observe.LiveTap;
import io.batchmesh.observe.TapState;
import io.batchmesh.observe.TapView;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.target.TapEnd;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Shows single requests as they go through the sidecars. */
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        description = {
            "Shows single requests as they come to their end in the running sidecars: a live sample,"
                    + " filtered and bounded, each with its five stages. It never slows a sidecar;"
                    + " what a slow reader does not take is dropped and counted.",
            "Exits with 6 when no proxy could be tapped."
        })
public final class TapCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The topology file, for --target drawn.")
    private @Nullable Path file;

    @Mixin private TargetOptions target = new TargetOptions();
    @Mixin private TapOptions options = new TapOptions();

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many requests.")
    private @Nullable Integer count;

    @Option(names = "--json", description = "Print one JSON document at the end.")
    private boolean json;

    @Option(names = "--ndjson", description = "Print a JSON object a line, as requests come.")
    private boolean ndjson;

    TapCommand(CommandContext context) {
        this.context = context;
    }

    /** What was seen so far; of many requests the last are kept for the document. */
    private static final class Seen {
        private static final int MOST = 10_000;

        private final Deque<TapView.Entry> entries = new ArrayDeque<>();
        private long printed;
        private long shown;
    }

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(context);
        if (count != null && count < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--count: at least 1");
        }
        var order = options.order();
        var session = target.open(context, file == null ? null : TopologyInput.read(file, output));
        var proxies = proxies(session.environment().proxies());
        if (proxies.size() > LiveTap.MOST_PROXIES) {
            output.note(
                    "only the first %d of %d proxies are tapped"
                            .formatted(LiveTap.MOST_PROXIES, proxies.size()));
        }
        var seen = new Seen();
        try (var tap = LiveTap.open(session.client(), context.io(), proxies, order, author())) {
            boolean going = true;
            while (going) {
                going = !tap.await(POLL_MILLIS) && !context.stop().isRaised();
                going = show(tap.view(), seen, output) && going;
            }
            return end(tap.view(), seen, output);
        }
    }

    /** The proxies of the service that calls, or all. */
    private List<ProxyEndpointRef> proxies(List<ProxyEndpointRef> all) {
        var link = options.link();
        var chosen =
                all.stream().filter(p -> link == null || p.service().equals(link.from())).toList();
        if (chosen.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    link == null
                            ? "the target has no proxies"
                            : "the target has no proxy of the service " + link.from().name());
        }
        return chosen;
    }

    private @Nullable String author() {
        var variables = context.console().environment();
        return variables.getOrDefault("USER", variables.get("USERNAME"));
    }

    /** Shows what is new; false when there were enough. */
    private boolean show(TapView view, Seen seen, Output output) {
        for (var entry : view.kept().reversed()) {
            boolean enough = count != null && seen.shown >= count;
            if (entry.number() <= seen.printed || enough) {
                continue;
            }
            seen.printed = entry.number();
            seen.shown++;
            if (ndjson) {
                output.line(JsonText.compact(document(entry)));
            } else if (!json) {
                TapText.lines(entry).forEach(output::line);
            }
            seen.entries.addLast(entry);
            if (seen.entries.size() > Seen.MOST) {
                seen.entries.removeFirst();
            }
        }
        return count == null || seen.shown < count;
    }

    private static ObjectNode document(TapView.Entry entry) {
        var node = ObjectWriter.object(o -> o.put("proxy", entry.proxy().name()));
        node.setAll(TapJson.write(entry.request()));
        return node;
    }

    private int end(TapView view, Seen seen, Output output) {
        boolean some =
                view.states().values().stream().anyMatch(TapCommand::worked) || seen.shown > 0;
        if (json) {
            var counts = view.counts();
            output.json(
                    ObjectWriter.object(o ->
                            o.putArray("requests", seen.entries, TapCommand::document)
                                    .put("matched", counts.matched())
                                    .put("limited", counts.limited())
                                    .put("dropped", counts.dropped())
                                    .putArray(
                                            "proxies",
                                            view.states().entrySet(),
                                            e -> state(e.getKey().name(), e.getValue()))));
        } else {
            view.states()
                    .forEach((proxy, state) -> {
                        if (!worked(state)) {
                            output.note(proxy.name() + ": " + TapText.state(state));
                        }
                    });
            output.note(TapText.summary(seen.shown, view.counts()));
        }
        return some ? ExitCode.DONE : ExitCode.UNREACHABLE;
    }

    private static ObjectNode state(String proxy, TapState state) {
        return ObjectWriter.object(o -> o.put("proxy", proxy).put("state", TapText.state(state)));
    }

    private static boolean worked(TapState state) {
        return switch (state) {
            case TapState.Opening _ -> false;
            case TapState.Open _ -> true;
            case TapState.Ended(var how) ->
                    how instanceof TapEnd.Over || how instanceof TapEnd.Closed;
        };
    }
}
