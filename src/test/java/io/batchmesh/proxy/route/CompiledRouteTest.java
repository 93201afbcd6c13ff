package io.batchmesh.proxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.policy.Route;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompiledRouteTest {
    private static CompiledRoute route(@Nullable RouteMatch match) {
        var config = new Route("r", match, Map.of("v1", 1), null, null, null, null);
        return new CompiledRoute(config, 0, Map.of("v1", 0));
    }

    private static HttpRequest get(String uri, String... headers) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.headers().add(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static RouteMatch path(TextMatch path) {
        return new RouteMatch(path, List.of(), Map.of(), Map.of());
    }

    @Test
    void aRouteWithoutAMatchTakesEverything() {
        assertTrue(route(null).takes(get("/")));
    }

    @Test
    void pathsAreMatchedWithoutTheQuery() {
        var exact = route(path(new TextMatch.Exact("/a")));
        assertTrue(exact.takes(get("/a?b=c")));
        assertFalse(exact.takes(get("/a/")));
        var prefix = route(path(new TextMatch.Prefix("/a")));
        assertTrue(prefix.takes(get("/ab?q")));
        assertFalse(prefix.takes(get("/b?/a")));
        var regex = route(path(new TextMatch.Regex("/[0-9]+")));
        assertTrue(regex.takes(get("/12?x")));
        assertFalse(regex.takes(get("/12/x")));
    }

    @Test
    void everyPartThatIsGivenMustHold() {
        var match =
                new RouteMatch(
                        new TextMatch.Prefix("/"),
                        List.of("GET"),
                        Map.of("end-user", new TextMatch.Exact("jason")),
                        Map.of("v", new TextMatch.Regex("[12]")));
        var route = route(match);
        assertTrue(route.takes(get("/?v=2", "End-User", "jason")));
        assertFalse(route.takes(get("/?v=3", "End-User", "jason")));
        assertFalse(route.takes(get("/?v=2", "End-User", "jasmin")));
        assertFalse(route.takes(get("/?v=2")));
        var post = get("/?v=2", "End-User", "jason").setMethod(HttpMethod.POST);
        assertFalse(route.takes(post));
    }

    @Test
    void aSplitFollowsItsWeights() {
        var weights = new LinkedHashMap<String, Integer>();
        weights.put("v1", 90);
        weights.put("v2", 0);
        weights.put("v3", 10);
        var config = new Route("r", null, weights, null, null, null, null);
        var route = new CompiledRoute(config, 0, Map.of("v1", 0, "v2", 1, "v3", 2));
        var random = new SplittableRandom(5);
        var counts = new int[3];
        for (int i = 0; i < 100_000; i++) {
            counts[route.subset(random)]++;
        }
        assertEquals(90_000, counts[0], 600);
        assertEquals(0, counts[1]);
        assertEquals(10_000, counts[2], 600);
    }
}
