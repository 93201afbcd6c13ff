package io.batchmesh.proxy.inbound;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that carries several requests in an OData JSON batch (OData JSON Format 4.01, section 19)
 * and gets an answer for each, told apart by their ids. The requests depend on nothing of one
 * another, and one that fails stops no other ({@code Prefer: continue-on-error}).
 */
final class ODataCall extends ServiceCall {
    /** What belongs to the message on this hop, and not to a request inside it. */
    private static final Set<String> OUTER =
            Set.of("host", "content-length", "transfer-encoding", "connection", "te", "trailer");

    private final String path;
    private final List<HeldItem> items;
    private final Map<String, HeldItem> carried = new HashMap<>();

    ODataCall(List<HeldItem> items, String path, CallPool service, Lane lane) {
        super(service, lane);
        this.path = path;
        this.items = items;
        items.forEach(item -> item.carriedBy(this));
    }

    @Override
    FullHttpRequest request() {
        var parts = new ArrayList<ObjectNode>();
        var headers = new DefaultHttpHeaders();
        for (var item : items) {
            if (item.settled()) {
                continue;
            }
            var request = item.takeRequest();
            if (carried.isEmpty()) {
                outer(request.headers(), headers);
            }
            var id = String.valueOf(carried.size() + 1);
            carried.put(id, item);
            parts.add(part(id, request));
            request.release();
        }
        var body = ObjectWriter.object(o -> o.putArray("requests", parts, p -> p));
        var bytes = JsonText.compact(body).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                path,
                Unpooled.wrappedBuffer(bytes),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** The credentials are the same for all that are joined, so they stand outside, once. */
    private static void outer(HttpHeaders from, HttpHeaders to) {
        to.set(HttpHeaderNames.HOST, from.get(HttpHeaderNames.HOST, ""))
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set("odata-version", "4.01")
                .set("prefer", "continue-on-error");
        for (var name : CallerIdentity.CREDENTIAL_FIELDS) {
            to.add(name, from.getAll(name));
        }
        to.add(HttpHeaderNames.VIA, from.getAll(HttpHeaderNames.VIA));
    }

    private static ObjectNode part(String id, FullHttpRequest request) {
        var fields = JsonNodeFactory.instance.objectNode();
        for (var name : request.headers().names()) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!isOuter(lower)) {
                fields.put(lower, String.join(", ", request.headers().getAll(name)));
            }
        }
        var type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
        boolean empty = !request.content().isReadable();
        var body = empty ? null : ODataBody.write(ByteBufUtil.getBytes(request.content()), type);
        return ObjectWriter.object(o ->
                o.put("id", id)
                        .put("method", request.method().name().toLowerCase(Locale.ROOT))
                        .put("url", request.uri())
                        .put("headers", fields)
                        .put("body", body));
    }

    private static boolean isOuter(String name) {
        return OUTER.contains(name)
                || CallerIdentity.CREDENTIAL_FIELDS.stream().anyMatch(f -> f.contentEquals(name));
    }

    @Override
    void answered(Answer answer) {
        try {
            if (answer.status().code() == 200) {
                split(answer);
            } else if (answer.status().code() / 100 == 2) {
                carried.values()
                        .forEach(
                                i -> i.refuse(502, "the service did not answer the batch at once"));
            } else {
                carried.values().forEach(i -> i.answer(copy(answer), answer.tookNanos()));
            }
        } finally {
            answer.body().release();
        }
    }

    private static DefaultFullHttpResponse copy(Answer answer) {
        var body = answer.body().retainedDuplicate();
        var whole =
                new Answer(
                        answer.status(),
                        answer.headers().copy(),
                        body,
                        answer.trailers(),
                        answer.tookNanos());
        return whole.reply();
    }

    private void split(Answer answer) {
        var bytes = ByteBufUtil.getBytes(answer.body());
        var responses =
                JsonDocument.parse(bytes) instanceof Parsed.Ok ok
                        ? ok.document().root().path("responses")
                        : JsonNodeFactory.instance.missingNode();
        var byId = new HashMap<String, JsonNode>();
        var doubled = new HashSet<String>();
        for (var response : responses) {
            var id = response.path("id");
            if (id.isString() && byId.put(id.stringValue(), response) != null) {
                doubled.add(id.stringValue());
            }
        }
        carried.forEach((id, item) -> {
            var response = byId.get(id);
            if (response == null || doubled.contains(id)) {
                item.refuse(
                        502,
                        response == null
                                ? "the service's batch has no answer to this request"
                                : "the service's batch has several answers to this request");
            } else {
                give(item, response, answer.tookNanos());
            }
        });
    }

    private static void give(HeldItem item, JsonNode response, long tookNanos) {
        try {
            item.answer(reply(response), tookNanos);
        } catch (IllegalArgumentException e) {
            item.refuse(502, "the service's batch has a malformed answer: " + e.getMessage());
        }
    }

    private static DefaultFullHttpResponse reply(JsonNode response) {
        var status = response.path("status");
        if (!status.isIntegralNumber() || status.asInt() < 200 || status.asInt() > 599) {
            throw new IllegalArgumentException("its status is " + status);
        }
        var headers = new DefaultHttpHeaders();
        for (var field : response.path("headers").properties()) {
            var name = field.getKey().toLowerCase(Locale.ROOT);
            if (!OUTER.contains(name)) {
                headers.add(name, field.getValue().asString(""));
            }
        }
        var bytes = ODataBody.read(response.get("body"), headers.get(HttpHeaderNames.CONTENT_TYPE));
        if (bytes.length > 0) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        }
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status.asInt()),
                Unpooled.wrappedBuffer(bytes),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    @Override
    void refused(int status, String reason) {
        items.forEach(item -> item.refuse(status, reason));
    }

    @Override
    void abandon(HeldItem item) {
        if (items.stream().allMatch(HeldItem::settled)) {
            abort();
        }
    }
}
