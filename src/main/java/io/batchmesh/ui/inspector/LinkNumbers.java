package io.batchmesh.ui.inspector;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.model.LinkId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is seen of a link now. */
final class LinkNumbers extends VBox {
    /** Older values are said to be. */
    static final Duration FRESH = Duration.ofSeconds(3);

    private final Scope scope;
    private final LinkId id;
    private final Numbers numbers = new Numbers();
    private final Label age = Nodes.label("", "bm-section-note");
    private final Label none = Nodes.label("", "bm-muted", "bm-small");

    LinkNumbers(Scope scope, LinkId id) {
        this.scope = scope;
        this.id = id;
        var head = new HBox(Nodes.heading("Seen now"), Nodes.spring(), age);
        head.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        none.setWrapText(true);
        getChildren().addAll(head, none, numbers);
    }

    void refresh() {
        var seen = scope.workspace().snapshotProperty().get().link(id.toString());
        Nodes.show(numbers, seen != null);
        Nodes.show(none, seen == null);
        none.setText("No proxy has reported anything of this link yet.");
        showAge(age, seen == null ? null : seen.age(scope.workspace().clocks().now()));
        if (seen != null) {
            show(seen);
        }
    }

    static void showAge(Label label, @Nullable Duration age) {
        boolean stale = age != null && age.compareTo(FRESH) > 0;
        label.setText(stale && age != null ? Formats.age(age) : "");
        Nodes.style(label, stale ? "bm-stale" : "bm-section-note", "bm-stale", "bm-section-note");
    }

    private void show(LinkMetrics seen) {
        var batching = seen.batching();
        var batched = seen.latency().batched();
        numbers.show("requests", "On every path, answered", Formats.rate(seen.requestsPerSecond()));
        numbers.show(
                "in batches",
                "Requests that went through a batch",
                Formats.rate(batching.itemsPerSecond()));
        numbers.show("batches", "Batches cut", Formats.rate(batching.batchesPerSecond()));
        numbers.show("items per batch", "Mean", Formats.number(batching.meanItems()));
        numbers.show(
                "compression",
                "Raw bytes for each byte on the wire, both directions",
                ratio(seen.wire().ratio()));
        numbers.show(
                "mean, batched",
                "From the complete request head to the last reply byte",
                Formats.latency(batched.mean()));
        numbers.show("p50, batched", "Half of the requests", Formats.latency(batched.p50()));
        numbers.show("p99, batched", "99 of 100 requests", Formats.latency(batched.p99()));
        numbers.show(
                "unexplained",
                "What the means of the five stages leave of the mean",
                Formats.latency(seen.breakdown().unexplainedMean()));
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio)
                ? Formats.UNKNOWN
                : String.format(Locale.ROOT, "%.1f : 1", ratio);
    }
}
