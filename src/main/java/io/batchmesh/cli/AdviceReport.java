package io.batchmesh.cli;

import io.batchmesh.forecast.Advice;
import io.batchmesh.forecast.Advisor;
import io.batchmesh.forecast.Costs;
import io.batchmesh.forecast.DrawnLoad;
import io.batchmesh.forecast.Effect;
import io.batchmesh.forecast.LinkCase;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.Link;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchJson;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is advised about links, by what their file says or by what their proxies measure. */
final class AdviceReport {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final CommandContext context;
    private final Output output;

    AdviceReport(CommandContext context, Output output) {
        this.context = context;
        this.output = output;
    }

    /** Links as their file simulates them. */
    static List<LinkCase> drawn(Topology topology, Collection<Link> links) {
        return links.stream().map(l -> drawn(topology, l)).toList();
    }

    private static LinkCase drawn(Topology topology, Link link) {
        double rate = DrawnLoad.rate(topology, link);
        if (!(rate > 0)) {
            return LinkCase.unseen(topology, link);
        }
        var shape = link.simulated().request();
        boolean repeats = shape.identities() == 0 && shape.method().equals("GET");
        double again = repeats ? rate / shape.distinct() : Double.NaN;
        double none = Double.NaN;
        return new LinkCase(
                link.id(),
                link.window(),
                DrawnLoad.of(topology, link, rate),
                new LinkCase.Known(Double.POSITIVE_INFINITY, 0, none, again, none),
                LinkCase.Ends.of(topology, link));
    }

    /** Links as the proxies of a target measure them for some time. */
    List<LinkCase> measured(
            Topology topology, Collection<Link> links, TargetOptions target, String time) {
        var length = length(time);
        var session = target.open(context, topology);
        output.note("measuring for " + Durations.format(length));
        var seen = watch(session, length);
        var cases = new ArrayList<LinkCase>();
        for (var link : links) {
            var metrics = seen.link(link.id().toString());
            cases.add(
                    metrics == null
                            ? LinkCase.unseen(topology, link)
                            : LinkCase.measured(topology, link, metrics));
        }
        return cases;
    }

    private static Duration length(String time) {
        try {
            var length = Durations.parse(time);
            if (length.compareTo(Duration.ofSeconds(2)) < 0 || length.compareTo(LONGEST) > 0) {
                throw new CommandFailure(ExitCode.USAGE, "--for: must be 2s to 5m");
            }
            return length;
        } catch (QuantityException e) {
            throw new CommandFailure(ExitCode.USAGE, "--for: " + e.getMessage());
        }
    }

    private MeshSnapshot watch(TargetOptions.Session session, Duration length) {
        int readings = (int) length.toSeconds();
        var last = new AtomicReference<>(MeshSnapshot.EMPTY);
        try (var scraper = MeshMeasurement.scraper(context, session.environment(), readings)) {
            scraper.start(last::set);
            context.stop().await(length.plusMillis(700));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last.get();
    }

    /** Prints what is advised about them. */
    void print(List<LinkCase> links, boolean json) {
        var advice = new Advisor(Costs.USUAL).advise(links);
        if (json) {
            output.json(ObjectWriter.object(o -> o.putArray("advice", advice, AdviceReport::node)));
            return;
        }
        for (var one : advice) {
            output.line(
                    (one.advises() ? "◆ " : "  ")
                            + one.link()
                            + ": "
                            + one.title()
                            + (one.advises() ? "" : " (as it is)"));
            output.line("    " + one.why());
            var change = change(one);
            if (!change.isEmpty()) {
                output.line("    " + change);
            }
        }
    }

    private static String change(Advice advice) {
        var from = advice.before();
        var to = advice.after();
        if (from == null || to == null || advice.window() == null) {
            return "";
        }
        return "mean %s -> %s, p99 %s -> %s, cores %s -> %s, service calls %s -> %s"
                .formatted(
                        Figures.latency(from.mean()),
                        Figures.latency(to.mean()),
                        Figures.latency(from.p99()),
                        Figures.latency(to.p99()),
                        Figures.number(from.cores()),
                        Figures.number(to.cores()),
                        Figures.rate(from.serviceCallsPerSecond()),
                        Figures.rate(to.serviceCallsPerSecond()));
    }

    private static ObjectNode node(Advice advice) {
        return ObjectWriter.object(o -> {
            o.put("link", advice.link().toString())
                    .put("kind", advice.kind().label())
                    .put("advises", advice.advises())
                    .put("title", advice.title())
                    .put("why", advice.why())
                    .put("worth", advice.worth());
            effect(o, "before", advice.before());
            effect(o, "after", advice.after());
            var window = advice.window();
            if (window != null) {
                o.put("batch", BatchJson.write(window));
            }
        });
    }

    private static void effect(ObjectWriter object, String name, @Nullable Effect effect) {
        if (effect != null) {
            object.put(
                    name,
                    ObjectWriter.object(o ->
                            o.put("mean", effect.mean())
                                    .put("p99", effect.p99())
                                    .put("cores", effect.cores())
                                    .put("bytesPerSecond", effect.bytesPerSecond())
                                    .put("serviceCallsPerSecond", effect.serviceCallsPerSecond())));
        }
    }
}
