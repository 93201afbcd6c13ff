package io.batchmesh.ui.inspector;

import io.batchmesh.metrics.Latency;
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
    private final Numbers batched = new Numbers();
    private final Numbers plain = new Numbers();
    private final VBox all = new VBox(4, numbers, batched, plain);
    private final Label age = Nodes.label("", "bm-section-note");
    private final Label none = Nodes.label("", "bm-muted", "bm-small");

    LinkNumbers(Scope scope, LinkId id) {
        this.scope = scope;
        this.id = id;
        var head = new HBox(Nodes.heading("Seen now"), Nodes.spring(), age);
        head.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        none.setWrapText(true);
        getChildren().addAll(head, none, all);
    }

    void refresh() {
        var seen = scope.workspace().snapshotProperty().get().link(id.toString());
        Nodes.show(all, seen != null);
        Nodes.show(none, seen == null);
        none.setText("No proxy has reported anything of this link yet.");
        showAge(age, seen == null ? null : seen.age(scope.workspace().shownMoment()));
        if (seen != null) {
            show(seen);
        }
    }

    static void showAge(Label label, @Nullable Duration age) {
        boolean stale = age != null && age.compareTo(FRESH) > 0;
        label.setText(stale && age != null ? Formats.age(age) : "");
        Nodes.style(label, stale ? "bm-stale" : "bm-section-note", "bm-stale", "bm-section-note");
    }

    /** Where nothing goes through batches there are no stages: rate, errors, duration. */
    private void show(LinkMetrics seen) {
        boolean staged = seen.breakdown().present();
        Nodes.show(batched, staged);
        Nodes.show(plain, !staged);
        numbers.show("requests", "On every path, answered", Formats.rate(seen.requestsPerSecond()));
        numbers.show(
                "errors",
                "Answered with a 5xx code or with none",
                Formats.share(seen.errorShare()));
        if (staged) {
            showBatched(seen);
        } else {
            showTimes(plain, "", seen.latency().all());
        }
    }

    private void showBatched(LinkMetrics seen) {
        var batching = seen.batching();
        batched.show(
                "in batches",
                "Requests that went through a batch",
                Formats.rate(batching.itemsPerSecond()));
        batched.show("batches", "Batches cut", Formats.rate(batching.batchesPerSecond()));
        batched.show("items per batch", "Mean", Formats.number(batching.meanItems()));
        batched.show(
                "compression",
                "Raw bytes for each byte on the wire, both directions",
                ratio(seen.wire().ratio()));
        showTimes(batched, ", batched", seen.latency().batched());
        batched.show(
                "unexplained",
                "What the means of the five stages leave of the mean",
                Formats.latency(seen.breakdown().unexplainedMean()));
    }

    private static void showTimes(Numbers numbers, String of, Latency latency) {
        numbers.show(
                "mean" + of,
                "From the complete request head to the last reply byte",
                Formats.latency(latency.mean()));
        numbers.show("p50" + of, "Half of the requests", Formats.latency(latency.p50()));
        numbers.show("p99" + of, "99 of 100 requests", Formats.latency(latency.p99()));
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio)
                ? Formats.UNKNOWN
                : String.format(Locale.ROOT, "%.1f : 1", ratio);
    }
}
