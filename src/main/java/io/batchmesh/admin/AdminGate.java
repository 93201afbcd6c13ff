package io.batchmesh.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Judges a request by its head, before any of its body is read. */
final class AdminGate {

    private final AdminRoutes routes;
    private final Callers callers;
    private final AdminSettings.Limits limits;

    AdminGate(AdminRoutes routes, Callers callers, AdminSettings.Limits limits) {
        this.routes = routes;
        this.callers = callers;
        this.limits = limits;
    }

    /** What becomes of a request. */
    sealed interface Verdict {
        /** It is handled once its body is there. */
        record Admitted(AdminRoutes.Route route, AdminRequest request) implements Verdict {}

        /** It is not. */
        record Refused(AdminResponse response) implements Verdict {}
    }

    Verdict judge(HttpRequest head, AdminPeer peer) {
        var headers = head.headers();
        boolean http1 =
                head.protocolVersion().protocolName().equals("HTTP")
                        && head.protocolVersion().majorVersion()
                                == HttpVersion.HTTP_1_1.majorVersion();
        if (!http1 || !head.uri().startsWith("/")) {
            return refused(400, "Bad request", "write METHOD /path HTTP/1.1");
        }
        var stranger = callers.refuse(head(headers), peer);
        if (stranger != null) {
            return new Verdict.Refused(stranger);
        }
        Map<String, List<String>> query;
        String path;
        try {
            var target = new QueryStringDecoder(head.uri());
            path = target.path();
            query = target.parameters();
        } catch (IllegalArgumentException e) {
            return refused(400, "Bad request", "the request target cannot be decoded");
        }
        return route(head, path, query);
    }

    private static Callers.Head head(HttpHeaders headers) {
        return new Callers.Head(
                headers.getAll(HttpHeaderNames.HOST),
                headers.getAll(HttpHeaderNames.ORIGIN),
                headers.getAll("sec-fetch-site"),
                headers.getAll("sec-fetch-mode"),
                headers.getAll(HttpHeaderNames.AUTHORIZATION));
    }

    private Verdict route(HttpRequest head, String path, Map<String, List<String>> query) {
        var method = head.method().name();
        return switch (routes.find(method, path)) {
            case AdminRoutes.Match.None _ ->
                    refused(404, "Not found", "there is no such call; see GET /openapi.json");
            case AdminRoutes.Match.OtherMethods other ->
                    new Verdict.Refused(
                            Problem.of(
                                            405,
                                            "Method not allowed",
                                            "this path takes " + other.methods())
                                    .with("allow", other.methods()));
            case AdminRoutes.Match.Found found -> admit(head, path, query, found);
        };
    }

    private Verdict admit(
            HttpRequest head,
            String path,
            Map<String, List<String>> query,
            AdminRoutes.Match.Found found) {
        var route = found.route();
        var unknown = new HashSet<>(query.keySet());
        unknown.removeAll(route.parameters());
        if (!unknown.isEmpty()) {
            return refused(
                    400,
                    "Unknown parameter",
                    "'%s' is not known here; known: %s"
                            .formatted(
                                    String.join(", ", unknown),
                                    String.join(", ", route.parameters())));
        }
        var headers = joined(head.headers());
        if (route.method().equals("PUT") && !json(headers)) {
            return refused(415, "Unsupported media type", "send Content-Type: application/json");
        }
        if (tooLong(headers.getOrDefault("content-length", "0"))) {
            return new Verdict.Refused(tooLarge());
        }
        var request =
                new AdminRequest(
                        route.method(), path, query, headers, new byte[0], null, found.rest());
        return new Verdict.Admitted(route, request);
    }

    private static boolean json(Map<String, String> headers) {
        var type = headers.getOrDefault("content-type", "");
        int semicolon = type.indexOf(';');
        var media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        return media.equalsIgnoreCase("application/json")
                && headers.getOrDefault("content-encoding", "identity").equals("identity");
    }

    /** The decoder has seen to it that it is a number. */
    private boolean tooLong(String length) {
        return length.length() > 10 || Long.parseLong(length) > limits.bodyBytes();
    }

    AdminResponse tooLarge() {
        return Problem.of(
                413, "Too large", "a config has at most " + limits.bodyBytes() + " bytes");
    }

    private static Map<String, String> joined(HttpHeaders headers) {
        var result = new HashMap<String, String>();
        headers.forEach(e ->
                result.merge(
                        e.getKey().toLowerCase(Locale.ROOT), e.getValue(), (a, b) -> a + ", " + b));
        return result;
    }

    private static Verdict refused(int status, String title, String detail) {
        return new Verdict.Refused(Problem.of(status, title, detail));
    }
}
