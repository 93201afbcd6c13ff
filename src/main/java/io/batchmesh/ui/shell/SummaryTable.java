package io.batchmesh.ui.shell;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.Stage;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;

/** What was seen of each link at last, a row each, for a terminal. */
final class SummaryTable {
    private static final String ROW = "%-34s %10s %9s %9s %9s %9s%s%n";

    private SummaryTable() {}

    static String of(Workspace workspace) {
        var snapshot = workspace.snapshotProperty().get();
        var text = new StringBuilder();
        var stageNames = new StringBuilder();
        for (var stage : Stage.values()) {
            stageNames.append("%10s".formatted(stage.label()));
        }
        text.append(ROW.formatted("link", "requests", "batches", "mean", "p50", "p99", stageNames));
        for (var link : workspace.topology().links().keySet()) {
            var seen = snapshot.link(link.toString());
            text.append(
                    seen == null
                            ? "%-34s nothing seen%n".formatted(link)
                            : row(link.toString(), seen));
        }
        return text.toString();
    }

    private static String row(String link, LinkMetrics seen) {
        var all = seen.latency().all();
        var stages = new StringBuilder();
        for (var stage : Stage.values()) {
            stages.append("%10s".formatted(Formats.latency(seen.stage(stage).latency().mean())));
        }
        return ROW.formatted(
                link,
                Formats.rate(seen.requestsPerSecond()),
                Formats.rate(seen.batching().batchesPerSecond()),
                Formats.latency(all.mean()),
                Formats.latency(all.p50()),
                Formats.latency(all.p99()),
                stages);
    }
}
