package io.batchmesh.ui.shell;

import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.Stage;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The dashboard as one line of text. */
final class TextLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private TextLine() {}

    static String of(Workspace workspace) {
        var snapshot = workspace.snapshotProperty().get();
        var time = TIME.format(workspace.clocks().now());
        int live = snapshot.count(ProxyState.LIVE);
        var head = "%s  %d/%d proxies live".formatted(time, live, snapshot.proxies().size());
        var link = workspace.lookedAt();
        var seen = link == null ? null : snapshot.link(link.toString());
        if (seen == null) {
            return head + "  nothing seen of the traffic yet";
        }
        var stages =
                Arrays.stream(Stage.values())
                        .map(s -> s.label() + " " + Formats.latency(seen.stage(s).latency().mean()))
                        .collect(Collectors.joining("  "));
        return "%s  %s  %s  p50 %s  p99 %s  %s batches  %s"
                .formatted(
                        head,
                        link,
                        Formats.rate(seen.requestsPerSecond()),
                        Formats.latency(seen.latency().all().p50()),
                        Formats.latency(seen.latency().all().p99()),
                        Formats.rate(seen.batching().batchesPerSecond()),
                        stages);
    }
}
