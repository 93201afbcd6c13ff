package io.batchmesh.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route takes: those for which every part that is given holds.
 *
 * @param path how the path (without the query) looks, or null for any
 * @param methods the methods, or empty for any
 * @param headers how the named headers look; names in lower case
 * @param query how the named query parameters look
 */
public record RouteMatch(
        @Nullable TextMatch path,
        List<String> methods,
        Map<String, TextMatch> headers,
        Map<String, TextMatch> query) {
    public RouteMatch {
        methods = List.copyOf(methods);
        headers = Ordered.copy(headers);
        query = Ordered.copy(query);
    }
}
