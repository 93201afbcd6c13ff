package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.Adjustments;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.HeaderChanges;
import io.batchmesh.policy.Rewrite;
import io.batchmesh.policy.Route;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What routes match, and what they change of requests and replies, seen by the service. */
class RouteChangesTest {
    private static final HeaderChanges REQUEST =
            new HeaderChanges(
                    Map.of("x-set", "new"), Map.of("x-add", "more"), List.of("x-gone", "cookie"));
    private static final HeaderChanges REPLY =
            new HeaderChanges(Map.of("x-from", "mesh"), Map.of(), List.of("server"));

    private static Route route(String name, @Nullable RouteMatch match, @Nullable Rewrite rewrite) {
        var adjust = new Adjustments(REQUEST, REPLY, rewrite);
        return new Route(name, match, Map.of("v1", 1), null, null, null, null, adjust);
    }

    private static RouteMatch prefix(String path) {
        return new RouteMatch(new TextMatch.Prefix(path), List.of(), Map.of(), Map.of());
    }

    private static RouteMatch query(String name, TextMatch value) {
        return new RouteMatch(null, List.of(), Map.of(), Map.of(name, value));
    }

    /** Answers with what it got. */
    private static FullHttpResponse seen(io.netty.handler.codec.http.FullHttpRequest request) {
        var headers = request.headers();
        var text =
                String.join(
                        " ",
                        request.uri(),
                        headers.get("host"),
                        String.valueOf(headers.getAll("x-set")),
                        String.valueOf(headers.getAll("x-add")),
                        String.valueOf(headers.get("x-gone")));
        var reply = StandInService.text(200, text);
        reply.headers().set("server", "secret/1.0").set("cache-control", "max-age=60");
        return reply;
    }

    private static LinkConfig link(StandInService service, BatchWindow window) {
        return Configs.link(service.address(), Peer.PLAIN, window)
                .withRoutes(
                        List.of(
                                route("two", prefix("/v1/"), new Rewrite("/v2/", null, "b.test")),
                                route("root", prefix("/api"), new Rewrite("/", null, null)),
                                route("all", prefix("/old"), new Rewrite(null, "/new", null)),
                                route("q", query("v", new TextMatch.Regex("[12]")), null),
                                route("rest", null, new Rewrite(null, "/other", null))));
    }

    private static String ask(RawClient client, String target, String headers) throws IOException {
        var reply = client.ask("GET " + target + " HTTP/1.1\r\nHost: back\r\n" + headers + "\r\n");
        assertEquals(200, reply.status(), reply.body());
        assertEquals("mesh", reply.headers().get("x-from"), target);
        assertNull(reply.headers().get("server"), target);
        return reply.body();
    }

    @Test
    void theServiceSeesTheRewrittenTargetAndTheChangedHeader() throws IOException {
        try (var service = new StandInService(Loops.GROUP, (c, r) -> seen(r));
                var front = Loops.front(link(service, Configs.off()));
                var client = new RawClient(front.outboundAddress())) {
            var own = "X-Set: old\r\nx-set: older\r\nX-Add: first\r\nX-Gone: y\r\n";
            assertEquals(
                    "/v2/a?b=c b.test [new] [first, more] null", ask(client, "/v1/a?b=c", own));
            assertEquals("/x back [new] [more] null", ask(client, "/api/x", ""));
            assertEquals("/?q back [new] [more] null", ask(client, "/api?q", ""));
            assertEquals("/new?k=v back [new] [more] null", ask(client, "/old/a/b?k=v", ""));
        }
    }

    @Test
    void theAnswerFromTheCacheIsChangedToo() throws IOException {
        var cache = new BatchWindow.Cache(1 << 20, Duration.ofMinutes(1), Duration.ZERO);
        var off = Configs.off();
        var window =
                new BatchWindow(off.policy(), off.linger(), 64, off.maxBytes(), null, cache, null);
        try (var service = new StandInService(Loops.GROUP, (c, r) -> seen(r));
                var front = Loops.front(link(service, window));
                var client = new RawClient(front.outboundAddress())) {
            var first = ask(client, "/v1/a", "");
            assertEquals(first, ask(client, "/v1/a", ""));
            assertEquals(1, service.calls());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?v=1",
                "/?a=b&v=2&c",
                "/?%76=1",
                "/?v=%31",
                "/?v=3&v=1",
                "/?v=%zz&v=1",
                "/?&&=&v=1",
                "/x?a=%e2%28&v=2"
            })
    void aQueryParameterIsFoundWhereverItStands(String target) throws IOException {
        assertEquals(target, targetSeen(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?v=3", "/?w=1", "/?v", "/v=1", "/?a=v=1", "/?v=%3", "/?v=1;v=2"})
    void aRequestWithoutTheQueryParameterGoesOnToTheNextRoute(String target) throws IOException {
        var seen = targetSeen(target);
        assertEquals("/other", seen.split("\\?", 2)[0], target);
    }

    private static String targetSeen(String target) throws IOException {
        try (var service = new StandInService(Loops.GROUP, (c, r) -> seen(r));
                var front = Loops.front(link(service, Configs.off()));
                var client = new RawClient(front.outboundAddress())) {
            return ask(client, target, "").split(" ", 2)[0];
        }
    }

    @Test
    void aHostileTargetDoesNotHoldTheLoopUp() throws IOException {
        var evil = new RouteMatch(new TextMatch.Regex("/(a+)+b"), List.of(), Map.of(), Map.of());
        var link = Configs.link("127.0.0.1:1", Peer.PLAIN, Configs.off());
        var config = Configs.caller(link.withRoutes(List.of(route("evil", evil, null))));
        try (var front = Sidecar.start(config, Loops.PARTS)) {
            long begin = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                try (var client = new RawClient(front.outboundAddress())) {
                    var target = "/" + "a".repeat(8_000);
                    var reply = client.ask("GET " + target + " HTTP/1.1\r\nHost: back\r\n\r\n");
                    assertEquals(404, reply.status());
                }
            }
            long took = System.nanoTime() - begin;
            assertTrue(took < Duration.ofSeconds(5).toNanos(), took + " ns");
        }
    }
}
