package io.batchmesh.admin;

import io.batchmesh.admin.ActivityMeter.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which calls there are. */
final class AdminRoutes {
    private final List<Route> routes;

    AdminRoutes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /**
     * A call.
     *
     * @param method its method
     * @param template its path; one segment may be a parameter in braces
     * @param parameters the query parameters that it takes; any other is refused, since a mistyped
     *     {@code dryRun} must not push
     * @param activity what it is for
     * @param handler answers it; may wait
     */
    record Route(
            String method,
            String template,
            Set<String> parameters,
            Activity activity,
            Function<AdminRequest, AdminResponse> handler) {
        /** What stands for the parameter, empty for a route without one; null when it differs. */
        private @Nullable String rest(String path) {
            int open = template.indexOf('{');
            if (open < 0) {
                return path.equals(template) ? "" : null;
            }
            int close = template.indexOf('}');
            var tail = template.substring(close + 1);
            int end = path.length() - tail.length();
            if (end <= open || !path.startsWith(template.substring(0, open))) {
                return null;
            }
            var rest = path.substring(open, end);
            return path.endsWith(tail) && !rest.contains("/") ? rest : null;
        }
    }

    /** What came of looking for a call. */
    sealed interface Match {
        /** There is one. */
        record Found(Route route, String rest) implements Match {}

        /** There is none with this method, but with these. */
        record OtherMethods(String methods) implements Match {}

        /** There is none. */
        record None() implements Match {}
    }

    Match find(String method, String path) {
        var others = new TreeSet<String>();
        for (var route : routes) {
            var rest = route.rest(path);
            if (rest != null && route.method().equals(method)) {
                return new Match.Found(route, rest);
            }
            if (rest != null) {
                others.add(route.method());
            }
        }
        return others.isEmpty()
                ? new Match.None()
                : new Match.OtherMethods(String.join(", ", others));
    }

    /** Each call as {@code METHOD /template}. */
    List<String> list() {
        var result = new ArrayList<String>();
        routes.forEach(r -> result.add(r.method() + " " + r.template()));
        return result;
    }
}
