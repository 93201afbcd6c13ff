package io.batchmesh.ui.inspector;

import io.batchmesh.edit.RouteEdit;
import io.batchmesh.model.Subset;
import io.batchmesh.policy.Route;
import io.batchmesh.ui.Nodes;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The routes that hold, in the order in which they are tried. */
final class RoutesPane extends VBox {
    private static final String FIRST = "default";

    private final Scope scope;
    private final RouteOwner owner;
    private List<?> shape = List.of();
    private List<RouteCard> cards = List.of();

    RoutesPane(Scope scope, RouteOwner owner) {
        this.scope = scope;
        this.owner = owner;
        getStyleClass().add("bm-routes");
        setId("routes");
    }

    void refresh() {
        var topology = scope.workspace().topology();
        var routes = owner.routes(topology);
        var service = topology.service(owner.service());
        var subsets =
                service == null
                        ? List.<String>of()
                        : service.subsets().stream().map(Subset::name).toList();
        var now = new ArrayList<Object>(List.of(subsets));
        for (var route : routes) {
            var weights = List.copyOf(editor(route).split().keySet());
            now.add(List.of(route.name(), MatchWords.of(route.match()), weights));
        }
        if (!now.equals(shape) || getChildren().isEmpty()) {
            shape = now;
            rebuild(routes, subsets);
        }
        cards.forEach(RouteCard::refresh);
    }

    private RouteEditor editor(Route route) {
        return new RouteEditor(scope, owner, route.name());
    }

    private void rebuild(List<Route> routes, List<String> subsets) {
        var made = new ArrayList<RouteCard>();
        var catchAll = routes.stream().filter(r -> r.match() == null).findFirst().orElse(null);
        for (var route : routes) {
            made.add(
                    new RouteCard(
                            editor(route), route, route.equals(catchAll), routes.size() == 1));
        }
        cards = made;
        getChildren().setAll(holds());
        getChildren().addAll(routes.isEmpty() ? none(subsets) : made);
    }

    private Label holds() {
        var words =
                Nodes.label(
                        "They hold for all callers of " + owner.service() + ".", "bm-section-note");
        words.setId("routes-hold");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        return words;
    }

    private List<Node> none(List<String> subsets) {
        Label words =
                Nodes.label(
                        subsets.size() > 1
                                ? "No routes are drawn: every request goes to any subset, in"
                                        + " equal parts, without a timeout."
                                : "No routes are drawn: every request goes to any endpoint,"
                                        + " without a timeout.",
                        "bm-muted");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        if (subsets.isEmpty()) {
            return List.of(words);
        }
        var add =
                Nodes.button(
                        "add-route",
                        subsets.size() > 1 ? "Set weights" : "Add a route",
                        b ->
                                scope.workspace()
                                        .edit(
                                                new RouteEdit.SetRouteSplit(
                                                        RouteEdit.Owner.of(owner.service()),
                                                        FIRST,
                                                        SplitShares.even(subsets))));
        return List.of(words, add);
    }
}
