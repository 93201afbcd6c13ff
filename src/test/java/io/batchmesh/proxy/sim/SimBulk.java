package io.batchmesh.proxy.sim;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service does with batches that it takes itself: a line for each line, or an answer for
 * each request of an OData batch; now and then too few, too many, or none that can be read. Those
 * of OData have ids, so they come in any order, twice, and half of them failed.
 */
final class SimBulk {
    /** Where lines are taken. */
    static final String LINES = "/bulk";

    /** Where OData batches are taken: for all that is asked for below {@code /n/}. */
    static final String ODATA = "/n/$batch";

    private final SimNetwork net;
    private final History history;
    private final SplittableRandom random;

    SimBulk(SimNetwork net, History history, SplittableRandom random) {
        this.net = net;
        this.history = history;
        this.random = random;
    }

    static boolean takes(FullHttpRequest request) {
        return request.uri().equals(LINES) || request.uri().equals(ODATA);
    }

    /** Carries out what is in it. */
    FullHttpResponse answer(FullHttpRequest request, int status, double faulty) {
        var identity = request.headers().get("authorization", "-");
        var text = new String(ByteBufUtil.getBytes(request.content()), StandardCharsets.UTF_8);
        boolean lines = request.uri().equals(LINES);
        int fault = random.nextDouble() < faulty ? random.nextInt(5) : -1;
        var answer = lines ? lines(text, identity, fault) : odata(text, identity, fault);
        var whole = status == 200 ? answer : "failed";
        var reply =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(status),
                        Unpooled.wrappedBuffer(whole.getBytes(StandardCharsets.UTF_8)));
        reply.headers().set("content-type", lines ? "application/x-ndjson" : "application/json");
        HttpUtil.setContentLength(reply, reply.content().readableBytes());
        return reply;
    }

    /** The answer to a line: whose it is, what it was, who asked, and something more. */
    private String line(String line, String identity) {
        var nonce = line.substring(0, Math.max(0, line.indexOf(' ')));
        history.executed(nonce, net.now());
        int padding = random.nextInt(60);
        var sum = Ask.sum(line.getBytes(StandardCharsets.UTF_8));
        return nonce + " " + sum + " " + identity + " " + padding + " " + "p".repeat(padding);
    }

    private String lines(String text, String identity, int fault) {
        if (!text.endsWith("\n")) {
            // A request that was passed on alone may lack its end.
            return line(text, identity);
        }
        var answers = new ArrayList<String>();
        for (var line : text.substring(0, text.length() - 1).split("\n", -1)) {
            answers.add(line(line, identity));
        }
        // One that came alone may have been passed on as it is, and then so is its answer.
        switch (answers.size() == 1 ? -1 : fault) {
            case 0 -> answers.removeLast();
            case 1 -> answers.add(answers.getFirst());
            case 2 -> answers.clear();
            case 3 -> answers.subList(answers.size() / 2, answers.size()).clear();
            default -> history.note("lines " + answers.size(), net.now());
        }
        history.bulk(answers.size());
        return answers.isEmpty() ? "" : String.join("\n", answers) + "\n";
    }

    private String odata(String text, String identity, int fault) {
        if (!(JsonDocument.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Ok ok)) {
            history.violation("the sidecar wrote a batch that is no JSON: " + text);
            return "";
        }
        var answers = new ArrayList<ObjectNode>();
        for (var request : ok.document().root().path("requests")) {
            boolean failed = fault == 0 && random.nextBoolean();
            answers.add(one(request, identity, failed));
            if (fault == 1 && random.nextInt(3) == 0) {
                answers.add(answers.getLast());
            }
        }
        if (fault == 2 && !answers.isEmpty()) {
            answers.subList(answers.size() / 2, answers.size()).clear();
        }
        history.bulk(answers.size());
        Collections.shuffle(answers, new Random(random.nextLong()));
        var body = ObjectWriter.object(o -> o.putArray("responses", List.copyOf(answers), a -> a));
        var whole = JsonText.compact(body);
        return fault == 3 ? whole.substring(0, whole.length() / 2) : whole;
    }

    private ObjectNode one(JsonNode request, String identity, boolean failed) {
        var id = request.path("id").asString("");
        var headers = request.path("headers");
        var nonce = headers.path("x-nonce").asString("");
        history.executed(nonce, net.now());
        var body = body(request.path("body").asString(""), headers);
        var text = nonce + " " + Ask.sum(body) + " " + "o".repeat(random.nextInt(80));
        var fields =
                ObjectWriter.object(o ->
                        o.put("x-nonce", nonce)
                                .put("x-length", String.valueOf(text.length()))
                                .put("x-path", request.path("url").asString(""))
                                .put("x-identity", identity)
                                .put("content-type", "text/plain"));
        return ObjectWriter.object(o ->
                o.put("id", id)
                        .put("status", failed ? 500L : 200L)
                        .put("headers", fields)
                        .put("body", text));
    }

    private static byte[] body(String text, JsonNode headers) {
        boolean bytes = headers.path("content-type").asString("").equals(Ask.BYTES);
        return bytes ? Base64.getUrlDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
    }
}
