package io.batchmesh.proxy.route;

import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The match of one route, ready to be run: every part that is given must hold. */
final class RequestTest implements Predicate<HttpRequest> {
    private record Named(String name, Predicate<String> test) {}

    private final @Nullable Predicate<String> path;
    private final List<String> methods;
    private final List<Named> headers;
    private final List<QueryTest> query;

    RequestTest(@Nullable RouteMatch match) {
        path = match == null || match.path() == null ? null : TextTest.of(match.path());
        methods = match == null ? List.of() : match.methods();
        headers = match == null ? List.of() : named(match.headers());
        query = match == null ? List.of() : queries(match.query());
    }

    private static List<Named> named(Map<String, TextMatch> matches) {
        var tests = new ArrayList<Named>(matches.size());
        matches.forEach((name, match) -> tests.add(new Named(name, TextTest.of(match))));
        return List.copyOf(tests);
    }

    private static List<QueryTest> queries(Map<String, TextMatch> matches) {
        var tests = new ArrayList<QueryTest>(matches.size());
        matches.forEach((name, match) -> tests.add(new QueryTest(name, TextTest.of(match))));
        return List.copyOf(tests);
    }

    @Override
    public boolean test(HttpRequest head) {
        return (path == null || path.test(path(head.uri())))
                && (methods.isEmpty() || methods.contains(head.method().name()))
                && headersHold(head)
                && (query.isEmpty() || queryHolds(head.uri()));
    }

    private boolean headersHold(HttpRequest head) {
        for (var header : headers) {
            if (head.headers().getAll(header.name()).stream().noneMatch(header.test())) {
                return false;
            }
        }
        return true;
    }

    private boolean queryHolds(String uri) {
        for (var parameter : query) {
            if (!parameter.test(uri)) {
                return false;
            }
        }
        return true;
    }

    /** The path of a target in origin form, without its query. */
    static String path(String uri) {
        int end = uri.indexOf('?');
        return end < 0 ? uri : uri.substring(0, end);
    }
}
