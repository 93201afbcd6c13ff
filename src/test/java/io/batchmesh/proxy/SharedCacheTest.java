package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cache as callers meet it: what they get, what reaches the service, and what is said of it.
 */
class SharedCacheTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Function<FullHttpRequest, FullHttpResponse> rule = r -> StandInService.text(200, "");
    private final StandInService service =
            new StandInService(
                    Loops.GROUP,
                    (ctx, request) -> {
                        asked.add(
                                request.method()
                                        + " "
                                        + request.uri()
                                        + " "
                                        + request.headers().get("if-none-match", "-"));
                        return rule.apply(request);
                    });

    @AfterEach
    void close() {
        service.close();
    }

    /** A sidecar with a cache, before a service or before the service's own sidecar. */
    private final class Front implements AutoCloseable {
        final Sidecar back;
        final Sidecar front;
        final RawClient client;

        Front(Peer peer) throws Exception {
            var window =
                    BatchWindow.DEFAULT.withCache(
                            new BatchWindow.Cache(1 << 20, Duration.ZERO, Duration.ZERO));
            back = Loops.back(service.address());
            var link =
                    peer == Peer.SIDECAR
                            ? Loops.to(back, window)
                            : Configs.link(service.address(), Peer.PLAIN, window);
            front = Loops.front(link);
            client = new RawClient(front.outboundAddress());
        }

        RawClient.Reply ask(String method, String path, String... headers) throws Exception {
            client.send(
                    method
                            + " "
                            + path
                            + " HTTP/1.1\r\nHost: back\r\n"
                            + String.join(
                                    "", List.of(headers).stream().map(h -> h + "\r\n").toList())
                            + "\r\n");
            return client.read(method.equals("HEAD"));
        }

        RawClient.Reply get(String path, String... headers) throws Exception {
            return ask("GET", path, headers);
        }

        @Override
        public void close() throws IOException {
            client.close();
            front.close();
            back.close();
        }
    }

    private static FullHttpResponse reply(int status, String body, String... fields) {
        var reply = StandInService.text(status, body);
        for (int i = 0; i < fields.length; i += 2) {
            reply.headers().set(fields[i], fields[i + 1]);
        }
        return reply;
    }

    private static String status(RawClient.Reply reply) {
        return reply.headers().get("cache-status");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SIDECAR"})
    void whatIsStaleIsAskedAboutAndAnsweredFromMemoryWhenItStillHolds(Peer peer) throws Exception {
        rule =
                request ->
                        "\"v1\"".equals(request.headers().get("if-none-match"))
                                ? reply(304, "", "etag", "\"v1\"", "cache-control", "max-age=0")
                                : reply(
                                        200,
                                        "page",
                                        "etag",
                                        "\"v1\"",
                                        "cache-control",
                                        "max-age=0");
        try (var front = new Front(peer)) {
            var first = front.get("/a");
            assertEquals("batchmesh; fwd=uri-miss; stored", status(first));
            var second = front.get("/a");
            assertEquals(200, second.status());
            assertEquals("page", second.body());
            assertEquals("batchmesh; fwd=stale; fwd-status=304; stored", status(second));
            var third = front.get("/a", "If-None-Match: \"v1\"");
            assertEquals(304, third.status(), "the caller asked itself, and gets what came");
            assertEquals(List.of("GET /a -", "GET /a \"v1\"", "GET /a \"v1\""), asked);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SIDECAR"})
    void whatIsFreshAnswersHeadAndThoseWhoHaveItToo(Peer peer) throws Exception {
        rule = request -> reply(200, "page", "etag", "\"v1\"", "cache-control", "max-age=60");
        try (var front = new Front(peer)) {
            front.get("/a");
            var head = front.ask("HEAD", "/a");
            assertEquals(200, head.status());
            assertEquals("4", head.headers().get("content-length"));
            var known = front.get("/a", "If-None-Match: \"v1\"");
            assertEquals(304, known.status());
            assertNull(known.headers().get("content-length"));
            var hit = front.get("/a");
            assertEquals("page", hit.body());
            assertTrue(status(hit).matches("batchmesh; hit; ttl=(60|59)"), status(hit));
            assertEquals(1, asked.size(), asked.toString());
            assertEquals(
                    "batchmesh; fwd=request; stored",
                    status(front.get("/a", "Cache-Control: no-cache")));
            assertEquals(2, asked.size(), asked.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SIDECAR"})
    void whenTheServiceFailsTheOldAnswerIsGivenAsItAllows(Peer peer) throws Exception {
        rule =
                request ->
                        asked.size() == 1
                                ? reply(
                                        200,
                                        "page",
                                        "cache-control",
                                        "max-age=0, stale-if-error=60")
                                : reply(503, "down");
        try (var front = new Front(peer)) {
            assertEquals("page", front.get("/a").body());
            var second = front.get("/a");
            assertEquals(200, second.status());
            assertEquals("page", second.body());
            assertEquals("batchmesh; fwd=stale; fwd-status=503", status(second));
            service.close();
            var third = front.get("/a");
            assertEquals("page", third.body(), "it may be down altogether");
            assertTrue(front.get("/b").status() >= 502, "of this nothing is kept");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SIDECAR"})
    void whoWantsOnlyWhatIsKeptIsToldWhenThereIsNothing(Peer peer) throws Exception {
        rule = request -> reply(200, "page", "cache-control", "max-age=60");
        try (var front = new Front(peer)) {
            assertEquals(504, front.get("/a", "Cache-Control: only-if-cached").status());
            assertEquals(0, asked.size());
            front.get("/a");
            assertEquals(200, front.get("/a", "Cache-Control: only-if-cached").status());
            assertEquals(1, asked.size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SIDECAR"})
    void aChangeThrowsAwayItsTargetAndWhatItsAnswerNames(Peer peer) throws Exception {
        rule =
                request ->
                        request.method().name().equals("POST")
                                ? reply(
                                        201,
                                        "",
                                        "location",
                                        "/list/7",
                                        "content-location",
                                        "/sum?a=b")
                                : reply(200, "page", "cache-control", "max-age=60");
        try (var front = new Front(peer)) {
            for (var path : List.of("/list", "/list/7", "/sum?a=b", "/other")) {
                front.get(path);
            }
            var posted = front.ask("POST", "/list", "Content-Length: 0");
            assertEquals("batchmesh; fwd=method", status(posted));
            asked.clear();
            for (var path : List.of("/list", "/list/7", "/sum?a=b", "/other")) {
                front.get(path);
            }
            assertEquals(List.of("GET /list -", "GET /list/7 -", "GET /sum?a=b -"), asked);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SIDECAR"})
    void callersWithOtherValuesOfTheVaryFieldsGetOtherAnswers(Peer peer) throws Exception {
        rule =
                request ->
                        reply(
                                200,
                                request.headers().get("accept-language", "none"),
                                "vary",
                                "Accept-Language",
                                "cache-control",
                                "max-age=60");
        try (var front = new Front(peer)) {
            for (int i = 0; i < 3; i++) {
                assertEquals("de", front.get("/a", "Accept-Language: de").body());
                assertEquals("fr", front.get("/a", "Accept-Language: fr").body());
                assertEquals("none", front.get("/a").body());
            }
            assertEquals(3, asked.size(), asked.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SIDECAR"})
    void whatACacheNearerToTheServiceSaidStandsFirst(Peer peer) throws Exception {
        rule = request -> reply(200, "page", "cache-status", "origin; hit");
        try (var front = new Front(peer)) {
            assertEquals("origin; hit, batchmesh; fwd=uri-miss", status(front.get("/a")));
            var part = front.get("/a", "Range: bytes=0-1");
            assertEquals("origin; hit, batchmesh; fwd=bypass", status(part));
        }
    }
}
