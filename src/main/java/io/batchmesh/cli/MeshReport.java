package io.batchmesh.cli;

import io.batchmesh.json.ObjectWriter;
import io.batchmesh.mesh.CallFigures;
import io.batchmesh.mesh.CallFigures.Clock;
import io.batchmesh.mesh.CallFigures.Count;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.StageMetrics;
import io.batchmesh.model.Link;
import io.batchmesh.model.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a mesh measured, as rows and as JSON. The figures of a link are those of its batched
 * requests, so that the stages add up to them; of all its requests where none was batched. All
 * requests are also there under {@code requests}, what those who call saw under {@code generator}.
 */
final class MeshReport {
    private final Topology topology;
    private final MeshMeasurement.Result result;

    MeshReport(Topology topology, MeshMeasurement.Result result) {
        this.topology = topology;
        this.result = result;
    }

    private LinkMetrics metrics(Link link) {
        var seen = result.snapshot().link(link.id().toString());
        return seen == null ? LinkMetrics.none(link.id().toString(), Instant.EPOCH) : seen;
    }

    private static boolean batched(LinkMetrics link) {
        return link.latency().batched().present();
    }

    private static Latency latency(LinkMetrics link) {
        return batched(link) ? link.latency().batched() : link.latency().all();
    }

    private static double items(LinkMetrics link) {
        return batched(link)
                ? link.stage(Stage.COLLECT).itemsPerSecond()
                : link.requestsPerSecond();
    }

    private CallFigures calls(Link link) {
        return result.calls().getOrDefault(link.id(), CallFigures.NONE);
    }

    ObjectNode json() {
        return ObjectWriter.object(o ->
                o.put("mesh", topology.name())
                        .put("seconds", result.seconds())
                        .putArray("links", topology.links().values(), this::json));
    }

    private ObjectNode json(Link link) {
        var metrics = metrics(link);
        return ObjectWriter.object(o -> {
            o.put("link", link.id().toString());
            o.put("itemsPerSecond", items(metrics));
            o.put("batchesPerSecond", metrics.batching().batchesPerSecond());
            o.put("itemsPerBatch", metrics.batching().meanItems());
            put(o, latency(metrics));
            o.put("unexplained", metrics.breakdown().unexplainedMean());
            o.put("stages", metrics, MeshReport::stages);
            o.put("requests", metrics, MeshReport::requests);
            if (!result.calls().isEmpty()) {
                o.put("generator", calls(link), this::generator);
            }
        });
    }

    private static void put(ObjectWriter o, Latency latency) {
        o.put("mean", latency.mean()).put("p50", latency.p50()).put("p99", latency.p99());
    }

    private static ObjectNode stages(LinkMetrics link) {
        return ObjectWriter.object(o -> {
            for (var stage : Stage.values()) {
                o.put(stage.label(), link.stage(stage), MeshReport::stage);
            }
        });
    }

    private static ObjectNode stage(StageMetrics stage) {
        return ObjectWriter.object(o -> {
            o.put("itemsPerSecond", stage.itemsPerSecond());
            put(o, stage.latency());
        });
    }

    private static ObjectNode requests(LinkMetrics link) {
        return ObjectWriter.object(o -> {
            o.put("perSecond", link.requestsPerSecond());
            o.put("errorsPerSecond", link.traffic().errorsPerSecond());
            o.put("shedPerSecond", link.traffic().shedPerSecond());
            put(o, link.latency().all());
        });
    }

    private ObjectNode generator(CallFigures calls) {
        return ObjectWriter.object(o -> {
            o.put("answersPerSecond", calls.answered() / result.seconds());
            o.put("mean", calls.mean(Clock.WRITTEN));
            o.put("p50", calls.quantile(Clock.WRITTEN, 0.5));
            o.put("p99", calls.quantile(Clock.WRITTEN, 0.99));
            o.put("meanSinceDue", calls.mean(Clock.DUE));
            o.put("p99SinceDue", calls.quantile(Clock.DUE, 0.99));
            for (var count : Count.values()) {
                o.put(count.name().toLowerCase(Locale.ROOT), calls.count(count));
            }
        });
    }

    /** A header, and for each link a row for its requests, its stages, and its callers. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(row("link", "stage", "items/s", "mean", "p50", "p99"));
        for (var link : topology.links().values()) {
            var metrics = metrics(link);
            var name = link.id().toString();
            var what = batched(metrics) ? "batched" : "all";
            lines.add(row(name, what, items(metrics), latency(metrics)));
            for (var stage : Stage.values()) {
                var at = metrics.stage(stage);
                lines.add(row(name, stage.label(), at.itemsPerSecond(), at.latency()));
            }
            if (!result.calls().isEmpty()) {
                lines.add(callers(name, calls(link)));
            }
        }
        lines.add("");
        lines.addAll(batches());
        return lines;
    }

    private String row(String link, String stage, double items, Latency latency) {
        return row(
                link,
                stage,
                Figures.rate(items),
                Figures.latency(latency.mean()),
                Figures.latency(latency.p50()),
                Figures.latency(latency.p99()));
    }

    private String callers(String link, CallFigures calls) {
        return row(
                link,
                "caller",
                Figures.rate(calls.answered() / result.seconds()),
                Figures.latency(calls.mean(Clock.WRITTEN)),
                Figures.latency(calls.quantile(Clock.WRITTEN, 0.5)),
                Figures.latency(calls.quantile(Clock.WRITTEN, 0.99)));
    }

    /** The link and the stage to the left, the numbers to the right. */
    private String row(String link, String stage, String... numbers) {
        int longest =
                topology.links().keySet().stream()
                        .mapToInt(id -> id.toString().length())
                        .max()
                        .orElse(0);
        var row = new StringBuilder(link).repeat(' ', Math.max(0, longest - link.length()));
        row.append("  ").append(stage).repeat(' ', Math.max(0, 9 - stage.length()));
        for (var number : numbers) {
            row.repeat(' ', Math.max(2, 11 - number.length())).append(number);
        }
        return row.toString();
    }

    private List<String> batches() {
        var lines = new ArrayList<String>();
        for (var link : topology.links().values()) {
            var metrics = metrics(link);
            if (batched(metrics)) {
                lines.add(
                        "%s: %s batches of %s items; %s of the mean is not explained by the stages"
                                .formatted(
                                        link.id(),
                                        Figures.rate(metrics.batching().batchesPerSecond()),
                                        Figures.number(metrics.batching().meanItems()),
                                        Figures.latency(metrics.breakdown().unexplainedMean())));
            }
        }
        return lines;
    }

    /** What went wrong, a line for each link where something did. */
    List<String> complaints() {
        var lines = new ArrayList<String>();
        if (!(result.seconds() > 0)) {
            lines.add("nothing was measured: it was stopped before the end of the warm-up");
        }
        for (var link : topology.links().values()) {
            var calls = calls(link);
            long missed = calls.count(Count.MISSED);
            long wrong = calls.count(Count.WRONG);
            long failed = calls.count(Count.FAILED) + calls.count(Count.ERROR);
            if (missed + wrong + failed > 0) {
                lines.add(
                        "%s: of %d calls %d failed and %d got the answer of another; %d were due"
                                        .formatted(
                                                link.id(),
                                                calls.count(Count.SENT),
                                                failed,
                                                wrong,
                                                missed)
                                + " while too many were under way");
            }
        }
        return lines;
    }
}
