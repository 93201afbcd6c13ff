package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests to a service that takes OData JSON batches, which is strict about what it gets. */
class ODataTest {
    private static final Set<String> FIELDS = Set.of("id", "method", "url", "headers", "body");

    /** Answers batches exactly as OData JSON Format 4.01 has it, and complains of anything else. */
    private static final class Service implements AutoCloseable {
        private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
        private final AtomicInteger batches = new AtomicInteger();
        private final AtomicInteger singles = new AtomicInteger();
        private final StandInService server;
        private volatile UnaryOperator<List<ObjectNode>> change = UnaryOperator.identity();
        private volatile int whole = 200;

        Service() {
            server = new StandInService(Loops.GROUP, (ctx, request) -> answer(request));
        }

        private FullHttpResponse answer(FullHttpRequest request) {
            if (!request.uri().equals("/odata/$batch")) {
                singles.incrementAndGet();
                return StandInService.text(200, "single " + request.uri());
            }
            batches.incrementAndGet();
            if (whole != 200) {
                return StandInService.text(whole, "no");
            }
            check(request.method().name().equals("POST"), "method");
            var headers = request.headers();
            check("application/json".equals(headers.get("content-type")), "type");
            check("4.01".equals(headers.get("odata-version")), "version");
            check("continue-on-error".equals(headers.get("prefer")), "prefer");
            check("back".equals(headers.get("host")), "host " + headers.get("host"));
            var text = request.content().toString(StandardCharsets.UTF_8);
            if (!(JsonDocument.parse(text.getBytes(StandardCharsets.UTF_8))
                    instanceof Parsed.Ok ok)) {
                complaints.add("no JSON " + text);
                return StandInService.text(400, "");
            }
            var root = ok.document().root();
            check(List.copyOf(root.propertyNames()).equals(List.of("requests")), "only requests");
            var ids = new HashSet<String>();
            var answers = new ArrayList<ObjectNode>();
            for (var part : root.get("requests")) {
                answers.add(part(part, ids));
            }
            // In any order: the ids tell them apart.
            Collections.reverse(answers);
            var said = change.apply(answers);
            var body = ObjectWriter.object(o -> o.putArray("responses", said, r -> r));
            var reply = StandInService.text(200, JsonText.compact(body));
            reply.headers().set("content-type", "application/json");
            return reply;
        }

        private ObjectNode part(JsonNode part, Set<String> ids) {
            check(FIELDS.containsAll(part.propertyNames()), "fields " + part);
            var id = part.get("id").stringValue();
            check(ids.add(id), "id twice " + id);
            check(part.get("method").stringValue().matches("get|post|put|patch|delete"), "method");
            check(part.get("url").stringValue().startsWith("/odata/"), "url");
            for (var name : part.path("headers").propertyNames()) {
                check(name.matches("[a-z0-9-]+"), "header " + name);
                check(!Set.of("host", "authorization", "content-length").contains(name), name);
            }
            boolean bad = part.get("url").stringValue().contains("bad");
            return ObjectWriter.object(o -> {
                o.put("id", id).put("status", bad ? 404 : 200);
                var type = bad ? "text/plain" : "application/json";
                o.put(
                        "headers",
                        ObjectWriter.object(
                                h -> h.put("content-type", type).put("x-item", "of " + id)));
                if (bad) {
                    o.put("body", "nothing there");
                } else {
                    o.put("body", part);
                }
            });
        }

        private void check(boolean holds, String what) {
            if (!holds) {
                complaints.add(what);
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static Sidecar back(Service service) throws Exception {
        var inbound =
                new ProxyConfig.Inbound(
                        service.server.address(),
                        List.of(),
                        new ProxyConfig.Bulk("odata", "/odata/$batch"));
        return Sidecar.start(Configs.called(inbound), Loops.PARTS);
    }

    private static String get(String path, String extra) {
        return "GET " + path + " HTTP/1.1\r\nHost: back\r\n" + extra + "\r\n";
    }

    private static String send(String method, String path, String type, String body) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: back\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    /** Sends requests so that they go in one batch; the replies in their order. */
    private static List<RawClient.Reply> ask(Sidecar back, List<String> requests) throws Exception {
        var window = Configs.fixed(Duration.ofSeconds(5)).withMaxItems(requests.size());
        var replies = new ArrayList<RawClient.Reply>();
        try (var front = Loops.front(Loops.to(back, window))) {
            var clients = new ArrayList<RawClient>();
            for (var request : requests) {
                var client = new RawClient(front.outboundAddress());
                client.send(request);
                clients.add(client);
            }
            for (var client : clients) {
                replies.add(client.read(false));
                client.close();
            }
        }
        return replies;
    }

    private static JsonNode json(RawClient.Reply reply) {
        if (JsonDocument.parse(reply.body().getBytes(StandardCharsets.ISO_8859_1))
                instanceof Parsed.Ok ok) {
            return ok.document().root();
        }
        throw new AssertionError(reply.toString());
    }

    @Test
    void theRequestsOfABatchGoInOneCallAndEachGetsItsOwnAnswer() throws Exception {
        try (var service = new Service();
                var back = back(service)) {
            var replies =
                    ask(
                            back,
                            List.of(
                                    get("/odata/Products(1)?$select=Name", ""),
                                    get("/odata/bad", ""),
                                    send(
                                            "POST",
                                            "/odata/Products",
                                            "application/json",
                                            "{\"n\":1}"),
                                    send("PATCH", "/odata/Products(2)", "text/plain", "hi"),
                                    send(
                                            "PUT",
                                            "/odata/P(2)/$value",
                                            "image/png",
                                            "\u00ff\u0001")));
            assertEquals(List.of(), List.copyOf(service.complaints));
            assertEquals(1, service.batches.get());
            assertEquals(0, service.singles.get());
            assertEquals(
                    "/odata/Products(1)?$select=Name", json(replies.get(0)).get("url").asString());
            assertEquals("of 1", replies.get(0).headers().get("x-item"));
            assertEquals(404, replies.get(1).status(), "an error of one is that one's");
            assertEquals("nothing there", replies.get(1).body());
            assertEquals("post", json(replies.get(2)).get("method").asString());
            assertEquals("{\"n\":1}", json(replies.get(2)).get("body").toString());
            assertEquals("hi", json(replies.get(3)).get("body").asString());
            assertEquals("_wE=", json(replies.get(4)).get("body").asString());
            assertEquals(5, Scraped.of(back).sum("batchmesh_inbound_bulk_items"));
        }
    }

    @Test
    void anAnswerThatIsMissingDoubledOrMalformedIsA502ForThatOneAlone() throws Exception {
        try (var service = new Service();
                var back = back(service)) {
            service.change =
                    all -> {
                        var said = new ArrayList<ObjectNode>();
                        for (var one : all) {
                            switch (one.get("id").asString()) {
                                case "1" -> {}
                                case "2" -> said.addAll(List.of(one, one));
                                case "3" -> said.add(one.put("status", "200"));
                                case "4" -> said.add(one.put("id", "77"));
                                case "5" ->
                                        said.add(
                                                one.set(
                                                        "headers",
                                                        ObjectWriter.object(
                                                                h -> h.put("x", "a\r\nb: c"))));
                                default -> said.add(one);
                            }
                        }
                        return said;
                    };
            var requests = new ArrayList<String>();
            for (int i = 0; i < 7; i++) {
                requests.add(get("/odata/P(" + i + ")", ""));
            }
            var replies = ask(back, requests);
            for (int i = 0; i < 5; i++) {
                assertEquals(502, replies.get(i).status(), i + " " + replies.get(i));
            }
            assertEquals("/odata/P(5)", json(replies.get(5)).get("url").asString());
            assertEquals("/odata/P(6)", json(replies.get(6)).get("url").asString());
        }
    }

    @Test
    void callersAreNeverMixedAndTheirCredentialsStandOutside() throws Exception {
        try (var service = new Service();
                var back = back(service)) {
            var requests = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                requests.add(get("/odata/P(" + i + ")", "Authorization: u" + i % 2 + "\r\n"));
            }
            var replies = ask(back, requests);
            assertTrue(replies.stream().allMatch(r -> r.status() == 200), replies.toString());
            assertEquals(List.of(), List.copyOf(service.complaints));
            assertEquals(2, service.batches.get());
        }
    }

    @Test
    void whatIsNoRequestToTheServiceOrNotWhatItSaysGoesByItself() throws Exception {
        try (var service = new Service();
                var back = back(service)) {
            var replies =
                    ask(
                            back,
                            List.of(
                                    get("/other", ""),
                                    send("POST", "/odata/P", "application/json", "{broken"),
                                    get("/odata/alone", "")));
            assertTrue(replies.stream().allMatch(r -> r.body().startsWith("single")), "" + replies);
            assertEquals(3, service.singles.get());
            assertEquals(0, service.batches.get(), "one alone is no batch");
        }
    }

    @Test
    void aRefusalOfTheWholeIsToldToEach() throws Exception {
        try (var service = new Service();
                var back = back(service)) {
            for (int status : List.of(401, 503, 202)) {
                service.whole = status;
                var replies = ask(back, List.of(get("/odata/P(1)", ""), get("/odata/P(2)", "")));
                int expected = status == 202 ? 502 : status;
                assertTrue(replies.stream().allMatch(r -> r.status() == expected), "" + replies);
            }
        }
    }
}
