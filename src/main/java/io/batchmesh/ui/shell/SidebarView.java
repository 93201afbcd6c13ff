package io.batchmesh.ui.shell;

import io.batchmesh.edit.WholeEdit;
import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.observe.Disagreement;
import io.batchmesh.observe.Discovery;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;
import io.batchmesh.validate.Finding;
import io.batchmesh.validate.Severity;
import io.batchmesh.validate.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What needs attention, the services with their numbers, and what the mesh itself costs. */
final class SidebarView extends VBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final int MOST_SHOWN = 6;

    private static final double LEAST_WITH_PLOT = 500;
    private static final double LEAST_WITH_ADVICE = 780;
    private static final double LEAST_WITH_MAP = 680;

    private final Workspace workspace;
    private final Label attentionCount = Nodes.number("bm-warn");
    private final VBox attention = new VBox(5);
    private final VBox services = new VBox(1);
    private final Map<ServiceId, Row> rows = new LinkedHashMap<>();
    private final Label costSum = Nodes.number("bm-strong");
    private final Map<Activity, Label> costs = new EnumMap<>(Activity.class);
    private final CostPlot costPlot;

    /** One service in the list; it stays while its numbers change, so that nothing jumps. */
    private record Row(HBox node, Label mark, Label rate, Label p99) {}

    SidebarView(Workspace workspace, Node minimap, Node add) {
        this.workspace = workspace;
        costPlot = new CostPlot(workspace);
        setId("side-bar");
        getStyleClass().add("bm-left-panel");
        setPrefWidth(270);
        setMinWidth(200);
        var list = new ScrollPane(services);
        list.setFitToWidth(true);
        list.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        list.setMinHeight(60);
        VBox.setVgrow(list, Priority.SOMETIMES);
        var advice = new AdviceList(workspace);
        advice.managedProperty().bind(heightProperty().greaterThan(LEAST_WITH_ADVICE));
        advice.visibleProperty().bind(advice.managedProperty());
        var room = new Region();
        VBox.setVgrow(room, Priority.ALWAYS);
        getChildren()
                .addAll(
                        headed("Needs attention", attentionCount),
                        attention,
                        advice,
                        headed("Services", Nodes.label("rate/s     p99", "bm-section-note")),
                        list,
                        headed("Mesh cost, cores", costSum),
                        cost(),
                        costPlot.node(),
                        add,
                        room,
                        minimap);
        Nodes.show(add, !workspace.isReadOnly());
        // What a low window has no room for is left out; else it would push the status bar out.
        setMinHeight(0);
        VBox.setMargin(costPlot.node(), new Insets(6, 0, 0, 0));
        costPlot.node().managedProperty().bind(heightProperty().greaterThan(LEAST_WITH_PLOT));
        costPlot.node().visibleProperty().bind(costPlot.node().managedProperty());
        minimap.managedProperty().bind(heightProperty().greaterThan(LEAST_WITH_MAP));
        minimap.visibleProperty().bind(minimap.managedProperty());
        workspace.topologyProperty().subscribe(t -> rebuild());
        workspace.findingsProperty().subscribe(f -> showAttention());
        workspace.switchedProperty().subscribe(s -> showAttention());
        workspace.disagreementsProperty().subscribe(d -> showAttention());
        workspace.selectionProperty().subscribe(s -> showSelection());
    }

    private static HBox headed(String words, Label note) {
        var row = new HBox(Nodes.heading(words), Nodes.spring(), note);
        row.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        row.setMinHeight(Region.USE_PREF_SIZE);
        return row;
    }

    private Node cost() {
        var lines = new VBox(4);
        lines.setMinHeight(Region.USE_PREF_SIZE);
        for (var activity : Activity.values()) {
            var swatch = new Region();
            swatch.getStyleClass().addAll("bm-swatch", "cost-" + activity.label());
            var value = Nodes.number();
            costs.put(activity, value);
            var name = Nodes.label(activity.label(), "bm-small", "bm-muted");
            var line = new HBox(8, new StackPane(swatch), name, Nodes.spring(), value);
            line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            lines.getChildren().add(line);
        }
        return lines;
    }

    private void rebuild() {
        rows.clear();
        services.getChildren().clear();
        for (var id : workspace.topology().services().keySet()) {
            var row = row(id);
            rows.put(id, row);
            services.getChildren().add(row.node());
        }
        showSelection();
        refresh();
    }

    private Row row(ServiceId id) {
        var mark = Nodes.label("○", "bm-faint");
        var name = Nodes.label(id.name(), "bm-text");
        name.setMinWidth(40);
        var rate = Nodes.number("bm-muted");
        var p99 = Nodes.number("bm-muted");
        name.setTooltip(new Tooltip(id.name()));
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        var node = new HBox(mark, name, rate, p99);
        node.getStyleClass().add("bm-row");
        node.setId("service-" + id.name());
        node.setFocusTraversable(true);
        node.setAccessibleRole(AccessibleRole.LIST_ITEM);
        node.setOnMouseClicked(e -> workspace.select(Selection.of(id)));
        node.setOnKeyPressed(e -> {
            if (e.getCode() == javafx.scene.input.KeyCode.ENTER) {
                workspace.select(Selection.of(id));
            }
        });
        return new Row(node, mark, rate, p99);
    }

    private void showSelection() {
        var selected = workspace.selectionProperty().get();
        rows.forEach(
                (id, row) -> row.node().pseudoClassStateChanged(SELECTED, selected.contains(id)));
    }

    /** Shows the latest numbers. */
    void refresh() {
        var snapshot = workspace.snapshotProperty().get();
        rows.forEach((id, row) -> {
            var seen = ServiceNumbers.of(id, workspace.topology(), snapshot);
            row.rate().setText(Formats.fixed(bare(Formats.rate(seen.rate())), 5));
            row.p99().setText(Formats.fixed(Formats.latency(seen.p99()), 7));
            row.mark().setText(seen.mark());
            Nodes.style(row.mark(), seen.tone(), "bm-ok", "bm-warn", "bm-error", "bm-faint");
            row.node()
                    .setAccessibleText(
                            "%s, %s, p99 %s"
                                    .formatted(
                                            id,
                                            Formats.rate(seen.rate()),
                                            Formats.latency(seen.p99())));
        });
        showCost();
        showAttention();
    }

    private static String bare(String rate) {
        return rate.endsWith("/s") ? rate.substring(0, rate.length() - 2) : rate;
    }

    private void showCost() {
        var cost = workspace.snapshotProperty().get().cost();
        double sum = 0;
        for (var activity : Activity.values()) {
            double cores = cost.getOrDefault(activity, Double.NaN);
            Objects.requireNonNull(costs.get(activity))
                    .setText(Formats.fixed(Formats.number(cores), 6));
            sum += Double.isNaN(cores) ? 0 : cores;
        }
        int processors = Runtime.getRuntime().availableProcessors();
        costPlot.refresh();
        costSum.setText(
                cost.isEmpty() ? Formats.UNKNOWN : Formats.number(sum) + " of " + processors);
    }

    private void showAttention() {
        var cards = new ArrayList<Node>();
        for (var proxy : workspace.snapshotProperty().get().proxies().values()) {
            if (proxy.state() != ProxyState.LIVE) {
                cards.add(proxyCard(proxy));
            }
        }
        for (var link : workspace.switchedProperty().get().linksOff()) {
            cards.add(
                    card(
                            "▲",
                            "bm-warn",
                            link.from() + " → " + link.to(),
                            "batching is off by hand",
                            Selection.of(link)));
        }
        workspace.disagreementsProperty().get().stream()
                .limit(MOST_SHOWN)
                .map(this::disagreementCard)
                .forEach(cards::add);
        for (var finding : ranked()) {
            cards.add(findingCard(finding));
        }
        attentionCount.setText(cards.isEmpty() ? "" : String.valueOf(cards.size()));
        if (cards.isEmpty()) {
            cards.add(Nodes.label("nothing", "bm-small", "bm-faint"));
        }
        var shown = cards.subList(0, Math.min(cards.size(), MOST_SHOWN));
        if (cards.size() > MOST_SHOWN) {
            shown = new ArrayList<>(shown);
            shown.add(
                    Nodes.label(
                            "and " + (cards.size() - MOST_SHOWN) + " more",
                            "bm-small",
                            "bm-faint"));
        }
        attention.getChildren().setAll(shown);
    }

    private List<Finding> ranked() {
        return workspace.findingsProperty().get().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .sorted(java.util.Comparator.comparing(Finding::severity))
                .toList();
    }

    private Node proxyCard(ProxyMetrics proxy) {
        boolean stale = proxy.state() == ProxyState.STALE;
        var seen = proxy.lastSeen();
        var now = workspace.shownMoment();
        var age =
                seen == null
                        ? "never seen"
                        : "seen " + Formats.age(java.time.Duration.between(seen, now));
        var reason = proxy.reason();
        return card(
                stale ? "▲" : "■",
                stale ? "bm-warn" : "bm-error",
                proxy.proxy(),
                age + (reason == null ? "" : ", " + reason),
                Selection.of(new ServiceId(proxy.service())));
    }

    private Node findingCard(Finding finding) {
        boolean error = finding.severity() == Severity.ERROR;
        return card(
                error ? "■" : "▲",
                error ? "bm-error" : "bm-warn",
                finding.subject().toString(),
                finding.message(),
                selection(finding.subject()));
    }

    private Node disagreementCard(Disagreement told) {
        var title = told.link().from() + " → " + told.link().to();
        return switch (told) {
            case Disagreement.UnknownTraffic unknown -> {
                var card =
                        card(
                                "▲",
                                "bm-warn",
                                title,
                                "carries %s and is not drawn; click to draw it"
                                        .formatted(Formats.rate(unknown.requestsPerSecond())),
                                Selection.NONE);
                card.setOnMouseClicked(e -> draw(unknown.link(), title));
                yield card;
            }
            case Disagreement.SilentLink silent ->
                    card(
                            "○",
                            "bm-muted",
                            title,
                            "is drawn and has carried nothing for "
                                    + Formats.latency(silent.since().toSeconds()),
                            Selection.of(silent.link()));
        };
    }

    private void draw(LinkId link, String title) {
        var seen = workspace.snapshotProperty().get();
        var drawn = Discovery.drawn(workspace.topology(), seen, link);
        workspace.edit(new WholeEdit.Replace("Draw " + title, drawn));
        show(Selection.of(link));
    }

    private Selection selection(Subject subject) {
        return switch (subject) {
            case Subject.OfService s -> Selection.of(s.service());
            case Subject.OfLink l -> Selection.of(l.link());
            case Subject.OfProxy p -> {
                var proxy = workspace.topology().proxies().get(p.proxy());
                yield proxy == null ? Selection.NONE : Selection.of(proxy.service());
            }
            case Subject.Whole w -> Selection.NONE;
        };
    }

    private Node card(String mark, String tone, String title, String note, Selection target) {
        var words = Nodes.label(note, "bm-card-note");
        words.setWrapText(true);
        words.setMaxHeight(48);
        var name = Nodes.label(title, "bm-card-title");
        var head = new HBox(6, Nodes.label(mark, tone), name);
        var card = new VBox(2, head, words);
        card.getStyleClass().add("bm-card");
        card.setMinHeight(Region.USE_PREF_SIZE);
        card.setFocusTraversable(true);
        card.setAccessibleRole(AccessibleRole.BUTTON);
        card.setAccessibleText(title + ": " + note);
        Tooltip.install(card, new Tooltip(title + ": " + note));
        card.setOnMouseClicked(e -> show(target));
        return card;
    }

    private void show(Selection target) {
        if (!target.isEmpty()) {
            workspace.select(target.within(workspace.topology()));
        }
    }
}
