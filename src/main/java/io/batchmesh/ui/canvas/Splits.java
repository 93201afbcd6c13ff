package io.batchmesh.ui.canvas;

import io.batchmesh.model.Service;
import io.batchmesh.policy.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights that a card shows. */
final class Splits {
    private Splits() {}

    /** Those of the route that takes what no other takes; else those of the last; else none. */
    static Map<String, Integer> of(Service service) {
        var routes = service.traffic().routes();
        return routes.stream()
                .filter(route -> route.match() == null)
                .findFirst()
                .or(() -> routes.isEmpty() ? Optional.empty() : last(routes))
                .map(Route::split)
                .orElse(Map.of());
    }

    private static Optional<Route> last(List<Route> routes) {
        return Optional.of(routes.getLast());
    }
}
