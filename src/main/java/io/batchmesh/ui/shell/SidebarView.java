package io.batchmesh.ui.shell;

import io.batchmesh.edit.WholeEdit;
import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.MeshRoom;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.observe.Discovery;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
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
    private final Label room = Nodes.number();
    private final Tooltip roomWords = new Tooltip();
    private final CostPlot costPlot;
    private List<AttentionItem> shown = List.of();
    private Consumer<String> showTab = name -> {};
    private Supplier<List<TimelineEntry>> foreign = List::of;

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
        workspace.deploymentProperty().subscribe(d -> showAttention());
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
        var name = Nodes.label("the proxies could carry", "bm-small", "bm-muted");
        name.setTooltip(roomWords);
        room.setTooltip(roomWords);
        room.setId("mesh-room");
        lines.getChildren().add(new HBox(name, Nodes.spring(), room));
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
            if (e.getCode() == KeyCode.ENTER) {
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
        showRoom();
    }

    private void showRoom() {
        var left = MeshRoom.of(workspace.snapshotProperty().get());
        if (left == null) {
            room.setText(Formats.UNKNOWN);
            roomWords.setText("Too little is used to say, or nobody says what it uses.");
            return;
        }
        room.setText("+" + Formats.rate(left.more()));
        roomWords.setText(
                ("If traffic grew alike everywhere, %s would be full first, at %s times of now: it uses"
                                + " %s of the one core that its thread can have.")
                        .formatted(
                                left.proxy(),
                                Formats.number(left.times()),
                                Formats.number(left.cores())));
        room.setAccessibleText("room for " + room.getText() + ". " + roomWords.getText());
    }

    private void showAttention() {
        var items = AttentionList.of(workspace, foreign.get());
        attentionCount.setText(items.isEmpty() ? "" : String.valueOf(items.size()));
        if (items.equals(shown) && !attention.getChildren().isEmpty()) {
            return;
        }
        shown = items;
        var cards = new ArrayList<Node>();
        items.stream().limit(MOST_SHOWN).map(this::card).forEach(cards::add);
        if (items.isEmpty()) {
            cards.add(Nodes.label("nothing", "bm-small", "bm-faint"));
        } else if (items.size() > MOST_SHOWN) {
            cards.add(
                    Nodes.label(
                            "and " + (items.size() - MOST_SHOWN) + " more",
                            "bm-small",
                            "bm-faint"));
        }
        attention.getChildren().setAll(cards);
    }

    private void open(AttentionItem item) {
        switch (item.act()) {
            case null -> show(item.target());
            case AttentionItem.Act.Draw(var link) -> draw(link, item.title());
            case AttentionItem.Act.Tab(var name) -> showTab.accept(name);
        }
    }

    private void draw(LinkId link, String title) {
        var seen = workspace.snapshotProperty().get();
        var drawn = Discovery.drawn(workspace.topology(), seen, link);
        workspace.edit(new WholeEdit.Replace("Draw " + title, drawn));
        show(Selection.of(link));
    }

    private Node card(AttentionItem item) {
        var words = Nodes.label(item.note(), "bm-card-note");
        words.setWrapText(true);
        words.setMaxHeight(48);
        var name = Nodes.label(item.title(), "bm-card-title");
        var head = new HBox(6, Nodes.label(item.rank().mark(), item.rank().tone()), name);
        var card = new VBox(2, head, words);
        card.getStyleClass().add("bm-card");
        card.setMinHeight(Region.USE_PREF_SIZE);
        card.setFocusTraversable(true);
        card.setAccessibleRole(AccessibleRole.BUTTON);
        var told = item.title() + ": " + item.note();
        card.setAccessibleText(told);
        Tooltip.install(card, new Tooltip(told));
        card.setOnMouseClicked(e -> open(item));
        card.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                open(item);
                e.consume();
            }
        });
        card.setOnContextMenuRequested(e -> {
            var menu = HandMenu.of(workspace, item.hands());
            if (menu != null) {
                menu.show(card, e.getScreenX(), e.getScreenY());
            }
        });
        return card;
    }

    /** Tells of what somebody else wrote lately. */
    void setForeign(Supplier<List<TimelineEntry>> foreign) {
        this.foreign = foreign;
    }

    /** Shows tabs of the dock by this from now on. */
    void setShowTab(Consumer<String> showTab) {
        this.showTab = showTab;
    }

    private void show(Selection target) {
        if (!target.isEmpty()) {
            workspace.select(target.within(workspace.topology()));
        }
    }
}
