package io.batchmesh.ui.inspector;

import io.batchmesh.model.LinkId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.validate.Subject;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A link: its batch window, its routes, what is seen of it. */
final class LinkPanel implements Panel {
    private final Scope scope;
    private final LinkId id;
    private final VBox node = new VBox();
    private final Label state = Nodes.label("", "bm-small");
    private final Label proxies = Nodes.label("", "bm-small", "bm-faint");
    private final Tooltip proxyNames = new Tooltip();
    private final WindowFields window;
    private final AheadPane ahead;
    private final AdvicePane advice;
    private final CacheFields cache;
    private final CompressionFields compression;
    private final LinkNumbers numbers;
    private final FindingCards findings;
    private final RoutesPane routes;
    private final HandPane byHand;

    LinkPanel(Scope scope, LinkId id) {
        this.scope = scope;
        this.id = id;
        var editor = new WindowEditor(scope, id);
        window = new WindowFields(editor);
        ahead = new AheadPane(scope, id, editor);
        advice = new AdvicePane(scope, id, ahead);
        cache = new CacheFields(editor);
        compression = new CompressionFields(editor);
        numbers = new LinkNumbers(scope, id);
        findings = new FindingCards(scope, new Subject.OfLink(id)::equals);
        byHand = new HandPane(scope, id);
        routes = new RoutesPane(scope, new RouteOwner(id.to(), id));
        var tabs =
                new TabPane(
                        tab(
                                "batch",
                                "Batch",
                                window,
                                advice,
                                ahead,
                                new VBox(Nodes.heading("Cache"), cache),
                                new VBox(Nodes.heading("Compression"), compression),
                                findings,
                                numbers,
                                byHand),
                        tab("routes", "Routes", routes));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setTabDragPolicy(TabPane.TabDragPolicy.FIXED);
        tabs.setId("inspector-tabs");
        VBox.setVgrow(tabs, Priority.ALWAYS);
        node.getChildren().addAll(header(), tabs);
        node.setId("link-panel");
    }

    private Node header() {
        var title = Nodes.label(id.from() + " → " + id.to(), "bm-title");
        title.setId("inspector-title");
        title.setTooltip(new Tooltip(title.getText()));
        state.setId("inspector-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        proxies.setTooltip(proxyNames);
        var line = new HBox(10, state, Nodes.spring(), proxies);
        var header = new VBox(3, title, line);
        header.getStyleClass().add("bm-inspector-header");
        return header;
    }

    private static Tab tab(String id, String words, Region... parts) {
        var tab = new Tab(words, Scrolling.of(parts));
        tab.setId("tab-" + id);
        return tab;
    }

    @Override
    public Region node() {
        return node;
    }

    @Override
    public void refresh() {
        if (scope.workspace().topology().link(id) == null) {
            return;
        }
        showState();
        window.refresh();
        advice.refresh();
        ahead.refresh();
        cache.refresh();
        compression.refresh();
        numbers.refresh();
        findings.refresh();
        routes.refresh();
        byHand.refresh();
    }

    private void showState() {
        var standing =
                scope.workspace().switchedProperty().get().batchingOff(id)
                        ? new Standing("▲ batching off by hand", "bm-warn")
                        : Standing.of(scope, id);
        state.setText(standing.words());
        Nodes.style(state, standing.tone(), "bm-accent", "bm-muted", "bm-warn");
        var names = scope.runs().of(id).stream().map(RunningLinks.Run::proxy).toList();
        proxies.setText(
                names.size() == 1
                        ? names.getFirst()
                        : Standing.count(names.size(), "proxy", "proxies"));
        proxyNames.setText(names.isEmpty() ? "no proxy is known" : String.join("\n", names));
        Nodes.show(proxies, !names.isEmpty());
    }
}
