package io.batchmesh.ui.shell;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.Plot;
import io.batchmesh.ui.plot.TimeGestures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The plots of what is looked at: of a service when it alone is selected, else of a link. Their
 * cursors are one.
 */
final class PlotsView extends VBox {
    private static final String TAP = "Tap";
    static final String TABLE = "Table";
    static final String ALERTS = "Alerts";
    static final String TIMELINE = "Timeline";
    private static final List<String> ALWAYS = List.of(TABLE, ALERTS, TIMELINE);

    /** What stands beside the tabs at least. */
    private static final double BESIDE_TABS = 170;

    private final Workspace workspace;
    private final TimeView time;
    private final Label title = Nodes.label("", "bm-title");
    private final Label note = Nodes.label("", "bm-muted", "bm-small");
    private final Label compared = Nodes.label("", "bm-small", "bm-accent");
    private final TabStrip tabs = new TabStrip();
    private final StackPane body = new StackPane();
    private final List<PlotPage> linkPages = LinkPages.of(this::linkName);
    private final List<PlotPage> servicePages;
    private final TablePane table;
    private final TapPane tap;
    private final AlertsPane alerts;
    private final TimelinePane timeline;
    private final Map<String, Node> always;
    private final DoubleProperty cursor = new SimpleDoubleProperty(Double.NaN);
    private @Nullable LinkId link;
    private @Nullable ServiceId service;
    private boolean stageless;

    PlotsView(Workspace workspace, TimeView time, Copying copying) {
        this.workspace = workspace;
        this.time = time;
        table = new TablePane(workspace, copying);
        tap = new TapPane(workspace, copying);
        alerts = new AlertsPane(workspace, copying);
        timeline = new TimelinePane(workspace, time, copying);
        always = Map.of(TAP, tap, TABLE, table, ALERTS, alerts, TIMELINE, timeline);
        servicePages = ServicePages.of(workspace, this::serviceId);
        setId("plots");
        getStyleClass().add("bm-dock");
        setSpacing(6);
        title.setMinWidth(60);
        var head = new HBox(14, title, tabs, note);
        head.setAlignment(Pos.CENTER_LEFT);
        allPlots().forEach(plot -> plot.readAtProperty().bindBidirectional(cursor));
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        Nodes.show(compared, false);
        getChildren().addAll(head, compared, body);
        tabs.chosenProperty().subscribe(name -> showPage());
        widthProperty().subscribe(w -> tabs.room(w.doubleValue() - BESIDE_TABS));
    }

    private Stream<Plot> allPlots() {
        return Stream.concat(linkPages.stream(), servicePages.stream())
                .flatMap(page -> page.plots().stream());
    }

    /** Lets the mouse and the keys change the time that is shown. */
    void setGestures(TimeGestures gestures) {
        allPlots().forEach(plot -> plot.setGestures(gestures));
    }

    private String linkName() {
        return link == null ? "" : link.toString();
    }

    private ServiceId serviceId() {
        return service == null ? new ServiceId("none") : service;
    }

    private List<PlotPage> pages() {
        return service == null ? linkPages : servicePages;
    }

    private void showPage() {
        var pane = always.get(tabs.chosenProperty().get());
        if (pane != null) {
            body.getChildren().setAll(pane);
        }
        pages().stream()
                .filter(page -> page.name().equals(tabs.chosenProperty().get()))
                .findFirst()
                .ifPresent(page -> body.getChildren().setAll(page));
        feed();
    }

    /** Draws what is known of the thing that is looked at. */
    void refresh() {
        service = workspace.selectionProperty().get().onlyService();
        link = workspace.lookedAt();
        tap.show(service == null ? link : null, service);
        if (service == null && link == null) {
            title.setText("No link selected");
            note.setText("select one to see its stages");
            tabs.offer(ALWAYS);
            feed();
            return;
        }
        title.setText(
                service != null || link == null
                        ? serviceId().name()
                        : link.from() + " → " + link.to());
        note.setText(service == null ? words() : "");
        compared.setText(compared());
        compared.setTooltip(new Tooltip(compared.getText()));
        Nodes.show(compared, !compared.getText().isEmpty());
        tabs.offer(names());
        feed();
    }

    /** A link without stages begins with rate, errors and duration. */
    private List<String> names() {
        var names = new ArrayList<>(pages().stream().map(PlotPage::name).toList());
        if (service == null) {
            boolean without = withoutStages();
            if (without != stageless) {
                stageless = without;
                tabs.choose(without ? "Traffic" : "Stages");
            }
            if (without) {
                names.remove("Traffic");
                names.addFirst("Traffic");
            }
        }
        names.add(TAP);
        names.addAll(ALWAYS);
        return names;
    }

    private boolean withoutStages() {
        var metrics = workspace.snapshotProperty().get().link(linkName());
        if (metrics != null && metrics.breakdown().present()) {
            return false;
        }
        boolean carries = metrics != null && metrics.requestsPerSecond() > 0;
        return carries || byOtherProxies();
    }

    /** Whether the calling proxies are of kinds that have no stages, traffic or not. */
    private boolean byOtherProxies() {
        var from = link == null ? null : link.from();
        var kinds =
                workspace.topology().proxies().values().stream()
                        .filter(p -> p.service().equals(from))
                        .map(p -> p.kind())
                        .collect(Collectors.toSet());
        return !kinds.isEmpty() && !kinds.contains(ProxyKind.SIDECAR);
    }

    private String words() {
        if (workspace.snapshotProperty().get().link(linkName()) == null) {
            return "nothing seen of it yet";
        }
        return withoutStages() ? "no batched traffic" : "";
    }

    private String compared() {
        var deltas = time.deltas();
        var comparison = time.comparison();
        if (deltas == null || comparison == null) {
            return "";
        }
        var words =
                service != null ? deltas.inFull(service) : link == null ? "" : deltas.inFull(link);
        return "Against the "
                + comparison.label()
                + ", in thin lines: "
                + (words.isEmpty() ? "nothing is known of it" : words);
    }

    private void feed() {
        if (body.getChildren().contains(table)) {
            table.refresh();
        } else if (body.getChildren().contains(alerts)) {
            alerts.refresh();
        } else if (body.getChildren().contains(timeline)) {
            timeline.refresh();
        }
        if (body.getChildren().isEmpty()
                || !(body.getChildren().getFirst() instanceof PlotPage page)
                || (link == null && service == null)) {
            return;
        }
        page.show(time.past());
    }

    /** Chooses a tab. */
    void choose(String tab) {
        tabs.choose(tab);
    }

    /** The tab that is chosen. */
    String tab() {
        return tabs.chosenProperty().get();
    }

    /** Whether there is such a tab for what is selected. */
    boolean offers(String tab) {
        return tabs.names().contains(tab);
    }

    /** The words by which the table of the tab is filtered. */
    String filter() {
        return switch (tab()) {
            case TABLE -> table.filter();
            case TIMELINE -> timeline.filter();
            default -> "";
        };
    }

    void setFilter(String words) {
        switch (tab()) {
            case TABLE -> table.setFilter(words);
            case TIMELINE -> timeline.setFilter(words);
            default -> {
                // Nothing else has a filter.
            }
        }
    }

    AlertsPane alerts() {
        return alerts;
    }

    TimelinePane timeline() {
        return timeline;
    }
}
