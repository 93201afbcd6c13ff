package io.batchmesh.cli;

import io.batchmesh.forecast.Comparison;
import io.batchmesh.forecast.Costs;
import io.batchmesh.forecast.Forecast;
import io.batchmesh.forecast.Forecaster;
import io.batchmesh.forecast.Workload;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Says what a batch window will do to a link. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a batch window will do to a link: wait, items per batch, latency, cores.",
            "What the link carries and what it meets is read from the simulation in the file;",
            "arrivals are taken to be Poisson. Options stand in for what the file says."
        })
public final class ForecastCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "The topology file.")
    private Path file = Path.of("");

    @Option(
            names = "--link",
            paramLabel = "A->B",
            description = "The link; with --advise all links when it is not given.")
    private String link = "";

    @Option(
            names = "--advise",
            description = {
                "Say instead which windows lose, which links would gain by one, and where HTTP/2,",
                "a cache, asking once, or nothing would serve better."
            })
    private boolean advise;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = {
                "With --advise: by what the proxies of the target measure for so long, in place",
                "of what the file simulates; such as 10s."
            })
    private @Nullable String time;

    @Mixin private TargetOptions proxies = new TargetOptions();

    @Option(names = "--rate", paramLabel = "N", description = "Requests per second.")
    private @Nullable Double rate;

    @Option(names = "--policy", paramLabel = "P", description = "off, auto, fixed or targetP99.")
    private @Nullable String policy;

    @Option(names = "--linger", paramLabel = "T", description = "Such as 5ms.")
    private @Nullable String linger;

    @Option(names = "--max-items", paramLabel = "N", description = "1 to 4096.")
    private @Nullable Integer maxItems;

    @Option(names = "--target-p99", paramLabel = "T", description = "For targetP99.")
    private @Nullable String target;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ForecastCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var output = new Output(context);
        var topology = TopologyInput.read(file, output);
        if (advise) {
            advise(topology, output);
            return ExitCode.DONE;
        }
        var found = link(topology);
        var window = window(found.window());
        var load = SimulatedLoad.of(topology, found, rate);
        var comparison = Comparison.of(new Forecaster(Costs.USUAL), load, window);
        if (json) {
            output.json(json(comparison, load, window));
        } else {
            print(output, comparison, load, window);
        }
        return ExitCode.DONE;
    }

    private void advise(Topology topology, Output output) {
        var links = link.isEmpty() ? topology.links().values() : List.of(link(topology));
        var report = new AdviceReport(context, output);
        report.print(
                time == null
                        ? AdviceReport.drawn(topology, links)
                        : report.measured(topology, links, proxies, time),
                json);
    }

    private Link link(Topology topology) {
        if (link.isEmpty()) {
            throw usage("--link: which link? Or --advise for all of them");
        }
        var id = LinkId.parse(link);
        var found = id == null ? null : topology.link(id);
        if (found == null) {
            var known =
                    String.join(
                            ", ",
                            topology.links().keySet().stream().map(LinkId::toString).toList());
            throw new CommandFailure(
                    ExitCode.USAGE, "--link %s: no such link; there are %s".formatted(link, known));
        }
        return found;
    }

    private BatchWindow window(BatchWindow set) {
        var window = set;
        if (policy != null) {
            var named = BatchWindow.Policy.CHOICE.find(policy);
            if (named == null) {
                throw usage("--policy " + policy + ": must be off, auto, fixed or targetP99");
            }
            window = window.withPolicy(named);
        }
        try {
            if (linger != null) {
                window = window.withLinger(Durations.parse(linger));
            }
            if (target != null) {
                window = window.withTargetP99(Durations.parse(target));
            }
        } catch (QuantityException e) {
            throw usage("a time: " + e.getMessage());
        }
        if (maxItems != null) {
            if (maxItems < 1 || maxItems > 4096) {
                throw usage("--max-items " + maxItems + ": must be 1 to 4096");
            }
            window = window.withMaxItems(maxItems);
        }
        if (window.policy() == BatchWindow.Policy.TARGET_P99 && window.targetP99() == null) {
            throw usage("--policy targetP99 needs --target-p99");
        }
        return window;
    }

    private static CommandFailure usage(String words) {
        return new CommandFailure(ExitCode.USAGE, words);
    }

    private static ObjectNode json(Comparison comparison, Workload load, BatchWindow window) {
        return ObjectWriter.object(o -> {
            fields(o, comparison.chosen());
            o.put("policy", window.policy().label())
                    .put("rate", load.rate())
                    .put("onlyAddsLatency", comparison.onlyAddsLatency())
                    .put("auto", ObjectWriter.object(a -> fields(a, comparison.auto())))
                    .put("off", ObjectWriter.object(a -> fields(a, comparison.off())));
        });
    }

    private static void fields(ObjectWriter object, Forecast forecast) {
        object.put("wait", forecast.meanWait())
                .put("itemsPerBatch", forecast.itemsPerBatch())
                .put("framesPerSecond", forecast.framesPerSecond())
                .put("serviceCallsPerSecond", forecast.serviceCallsPerSecond())
                .put("mean", forecast.mean())
                .put("p50", forecast.p50())
                .put("p99", forecast.p99())
                .put("cores", forecast.cores())
                .put("bytesPerSecond", forecast.bytesPerSecond())
                .put("linger", forecast.linger())
                .put("saturated", forecast.saturated());
    }

    private static void print(
            Output output, Comparison comparison, Workload load, BatchWindow window) {
        output.line("at " + Figures.rate(load.rate()) + ", Poisson arrivals");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("window", "wait", "items/batch", "frames", "p50", "p99", "cores", "MB/s"));
        rows.add(row(window.policy().label(), comparison.chosen()));
        if (window.policy() != BatchWindow.Policy.AUTO) {
            rows.add(row("auto instead", comparison.auto()));
        }
        if (window.policy() != BatchWindow.Policy.OFF) {
            rows.add(row("off instead", comparison.off()));
        }
        Plain.columns(rows).forEach(output::line);
        if (comparison.chosen().saturated()) {
            output.line("The wire cannot carry this: latency grows without end.");
        } else if (comparison.onlyAddsLatency()) {
            output.line(
                    "This window only adds latency: auto does as well in all else, and waits "
                            + Figures.latency(comparison.auto().meanWait())
                            + ".");
        }
    }

    private static List<String> row(String name, Forecast forecast) {
        return List.of(
                name,
                Figures.latency(forecast.meanWait()),
                Figures.number(forecast.itemsPerBatch()),
                Figures.rate(forecast.framesPerSecond()),
                Figures.latency(forecast.p50()),
                Figures.latency(forecast.p99()),
                Figures.number(forecast.cores()),
                Figures.number(forecast.bytesPerSecond() / 1e6));
    }
}
