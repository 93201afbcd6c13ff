package io.batchmesh.ui.shell;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;

/**
 * Break-glass where the trouble is shown: batching of a link off, or an endpoint out, at once at
 * all running proxies, and back. Like the inspector it offers only what some proxy runs, also while
 * a moment of the past is shown: an emergency does not wait.
 */
final class HandMenu {
    private static final int MOST_ENDPOINTS = 30;

    private HandMenu() {}

    /** A menu of its own, null where nothing can be switched. */
    static @Nullable ContextMenu of(Workspace workspace, List<LinkId> links) {
        var items = items(workspace, links);
        if (items.isEmpty()) {
            return null;
        }
        var menu = new ContextMenu();
        menu.getItems().setAll(items);
        return menu;
    }

    /** What can be switched on some links. */
    static List<MenuItem> items(Workspace workspace, List<LinkId> links) {
        var items = new ArrayList<MenuItem>();
        if (workspace.isReadOnly()) {
            return items;
        }
        var switched = workspace.switchedProperty().get();
        var hand = workspace.handSwitchProperty().get();
        var endpoints = new LinkedHashMap<String, String>();
        for (var config : RunningConfigs.of(workspace.deploymentProperty().get())) {
            for (var link : config.links()) {
                var id = LinkId.parse(link.link());
                if (id == null || !links.contains(id)) {
                    continue;
                }
                link.subsets()
                        .forEach((subset, all) ->
                                all.forEach(u -> endpoints.putIfAbsent(u.address(), subset)));
                boolean off = switched.batchingOff(id);
                var words =
                        (off ? "Turn batching on again: " : "Turn batching off now: ")
                                + id.from()
                                + " → "
                                + id.to();
                if (items.stream().noneMatch(i -> i.getText().equals(words))) {
                    items.add(TimeMenu.item("hand-batching", words, () -> hand.batching(id, !off)));
                }
            }
        }
        if (!endpoints.isEmpty()) {
            items.add(endpoints(workspace, endpoints));
        }
        return items;
    }

    private static Menu endpoints(Workspace workspace, Map<String, String> endpoints) {
        var menu = new Menu("Endpoints, by hand at once");
        menu.setId("hand-endpoints");
        var switched = workspace.switchedProperty().get();
        var hand = workspace.handSwitchProperty().get();
        endpoints.entrySet().stream()
                .limit(MOST_ENDPOINTS)
                .forEach(e -> {
                    boolean out = switched.ejected(e.getKey());
                    var words =
                            (out ? "Take in " : "Eject ") + e.getKey() + " (" + e.getValue() + ")";
                    menu.getItems()
                            .add(
                                    TimeMenu.item(
                                            "hand-endpoint",
                                            words,
                                            () -> hand.endpoint(e.getKey(), !out)));
                });
        return menu;
    }

    /** The links over which a service is called. */
    static List<LinkId> into(Workspace workspace, ServiceId service) {
        return workspace.topology().linksTo(service).stream().map(l -> l.id()).toList();
    }
}
