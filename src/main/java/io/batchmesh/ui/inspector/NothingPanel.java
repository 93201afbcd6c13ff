package io.batchmesh.ui.inspector;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.theme.Formats;
import io.batchmesh.validate.Subject;
import java.util.function.ToDoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The mesh as a whole, while nothing of it is selected. */
final class NothingPanel implements Panel {
    private final Scope scope;
    private final VBox node = new VBox();
    private final Label title = Nodes.label("", "bm-title");
    private final Label size = Nodes.label("", "bm-small", "bm-muted");
    private final Label advice = Nodes.label("", "bm-muted");
    private final Numbers numbers = new Numbers();
    private final FindingCards findings;

    NothingPanel(Scope scope) {
        this.scope = scope;
        findings = new FindingCards(scope, s -> s instanceof Subject.Whole);
        title.setId("inspector-title");
        advice.setWrapText(true);
        advice.setMinHeight(Region.USE_PREF_SIZE);
        advice.setId("inspector-advice");
        var header = new VBox(3, title, size);
        header.getStyleClass().add("bm-inspector-header");
        var content =
                Scrolling.of(advice, findings, new VBox(Nodes.heading("The mesh now"), numbers));
        VBox.setVgrow(content, Priority.ALWAYS);
        node.getChildren().addAll(header, content);
        node.setId("mesh-panel");
    }

    @Override
    public Region node() {
        return node;
    }

    @Override
    public void refresh() {
        var topology = scope.workspace().topology();
        title.setText(topology.name());
        size.setText(
                Standing.count(topology.services().size(), "service", "services")
                        + " · "
                        + Standing.count(topology.links().size(), "link", "links"));
        advice.setText(
                topology.services().isEmpty()
                        ? "Nothing is drawn yet. Add a service, then draw a link from it to"
                                + " another."
                        : "Select a link to set its batch window and see what it does. Select a"
                                + " service to set its routes.");
        showNumbers(scope.workspace().snapshotProperty().get());
        findings.refresh();
    }

    private void showNumbers(MeshSnapshot seen) {
        int known = seen.proxies().size();
        numbers.show(
                "proxies live",
                "Whose last reading succeeded",
                known == 0 ? Formats.UNKNOWN : seen.count(ProxyState.LIVE) + " of " + known);
        numbers.show(
                "requests, all links",
                "A request that causes others counts once on each link",
                Formats.rate(sum(seen, LinkMetrics::requestsPerSecond)));
        double items = sum(seen, l -> l.batching().itemsPerSecond());
        double batches = sum(seen, l -> l.batching().batchesPerSecond());
        numbers.show("in batches", "Requests that went through a batch", Formats.rate(items));
        numbers.show("batches", "Batches cut", Formats.rate(batches));
        numbers.show(
                "items per batch",
                "Mean over all links",
                Formats.number(batches > 0 ? items / batches : Double.NaN));
        numbers.show(
                "cores",
                "Processor time of all proxies: proxy, monitor and manage",
                Formats.number(
                        seen.cost().isEmpty()
                                ? Double.NaN
                                : seen.cost().values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .sum()));
    }

    /** The sum of what is known; NaN where nothing is. */
    private static double sum(MeshSnapshot seen, ToDoubleFunction<LinkMetrics> value) {
        double sum = Double.NaN;
        for (var link : seen.links().values()) {
            double one = value.applyAsDouble(link);
            if (!Double.isNaN(one)) {
                sum = Double.isNaN(sum) ? one : sum + one;
            }
        }
        return sum;
    }
}
