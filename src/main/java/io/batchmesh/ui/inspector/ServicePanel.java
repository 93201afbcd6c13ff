package io.batchmesh.ui.inspector;

import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.theme.Formats;
import io.batchmesh.validate.Subject;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A service: its numbers, parts, routes and proxies. */
final class ServicePanel implements Panel {
    private final Scope scope;
    private final ServiceId id;
    private final VBox node = new VBox();
    private final Label kind = Nodes.label("", "bm-small", "bm-muted");
    private final Label age = Nodes.label("", "bm-section-note");
    private final Numbers numbers = new Numbers();
    private final VBox subsets = new VBox(4);
    private final RoutesPane routes;
    private final ProxyCards proxies;
    private final FindingCards findings;
    private List<?> shape = List.of();

    ServicePanel(Scope scope, ServiceId id) {
        this.scope = scope;
        this.id = id;
        routes = new RoutesPane(scope, new RouteOwner(id, null));
        proxies = new ProxyCards(scope, id);
        findings = new FindingCards(scope, this::isMine);
        var title = Nodes.label(id.name(), "bm-title");
        title.setId("inspector-title");
        title.setTooltip(new Tooltip(id.name()));
        var header = new VBox(3, title, kind);
        header.getStyleClass().add("bm-inspector-header");
        var head = new HBox(Nodes.heading("Seen now"), Nodes.spring(), age);
        head.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        var content =
                Scrolling.of(
                        findings,
                        new VBox(head, numbers),
                        new VBox(Nodes.heading("Subsets"), subsets),
                        new VBox(Nodes.heading("Routes"), routes),
                        proxies);
        VBox.setVgrow(content, Priority.ALWAYS);
        node.getChildren().addAll(header, content);
        node.setId("service-panel");
    }

    private boolean isMine(Subject subject) {
        return switch (subject) {
            case Subject.OfService s -> s.service().equals(id);
            case Subject.OfProxy p -> {
                var proxy = scope.workspace().topology().proxies().get(p.proxy());
                yield proxy != null && proxy.service().equals(id);
            }
            case Subject.OfLink l -> false;
            case Subject.Whole w -> false;
        };
    }

    @Override
    public VBox node() {
        return node;
    }

    @Override
    public void refresh() {
        var service = scope.workspace().topology().service(id);
        if (service == null) {
            return;
        }
        kind.setText(kind(service));
        showNumbers();
        showSubsets(service);
        routes.refresh();
        proxies.refresh();
        findings.refresh();
    }

    private static String kind(Service service) {
        var words = new ArrayList<String>();
        words.add(service.kind().label());
        if (service.namespace() != null) {
            words.add("namespace " + service.namespace());
        }
        service.ports().stream()
                .findFirst()
                .ifPresent(p -> words.add(p.protocol().label() + " at port " + p.port()));
        return String.join(" · ", words);
    }

    private void showNumbers() {
        var workspace = scope.workspace();
        var seen = workspace.snapshotProperty().get().services().get(id.name());
        double none = Double.NaN;
        var now = workspace.shownMoment();
        LinkNumbers.showAge(
                age, seen == null ? null : java.time.Duration.between(seen.seenAt(), now));
        numbers.show(
                "requests",
                "Requests that reached it",
                Formats.rate(seen == null ? none : seen.requestsPerSecond()));
        numbers.show(
                "errors",
                "Answered with a 5xx code or with none",
                Formats.share(seen == null ? none : seen.errorShare()));
        numbers.show(
                "mean",
                "Of the service itself, its sidecar included",
                Formats.latency(seen == null ? none : seen.latency().mean()));
        numbers.show(
                "p50",
                "Half of the requests",
                Formats.latency(seen == null ? none : seen.latency().p50()));
        numbers.show(
                "p99",
                "99 of 100 requests",
                Formats.latency(seen == null ? none : seen.latency().p99()));
    }

    private void showSubsets(Service service) {
        if (service.subsets().equals(shape) && !subsets.getChildren().isEmpty()) {
            return;
        }
        shape = service.subsets();
        subsets.getChildren().clear();
        for (var subset : service.subsets()) {
            boolean first = true;
            for (var endpoint : subset.endpoints()) {
                subsets.getChildren().add(endpoint(first ? subset.name() : "", endpoint));
                first = false;
            }
            if (subset.endpoints().isEmpty()) {
                subsets.getChildren().add(row(subset.name(), "", "no endpoint"));
            }
        }
        if (service.subsets().isEmpty()) {
            subsets.getChildren().add(Nodes.label("none is drawn", "bm-muted", "bm-small"));
        }
    }

    private static Node endpoint(String name, Endpoint endpoint) {
        var zone = endpoint.zone() == null ? "" : "zone " + endpoint.zone();
        var weight = endpoint.weight() == 1 ? "" : "weight " + endpoint.weight();
        var words = zone + (zone.isEmpty() || weight.isEmpty() ? "" : " · ") + weight;
        return row(name, endpoint.address(), words);
    }

    private static Node row(String name, String address, String words) {
        var label = Nodes.label(name, "bm-strong");
        label.setMinWidth(40);
        label.setTooltip(new Tooltip(name));
        var where = Nodes.label(address, "bm-mono");
        where.setTooltip(new Tooltip(address));
        var row =
                new HBox(
                        8,
                        label,
                        where,
                        Nodes.spring(),
                        Nodes.label(words, "bm-small", "bm-muted"));
        row.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        return row;
    }
}
