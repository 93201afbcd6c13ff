package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig.Bulk;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.InboundMeters;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the items of one batch that a service takes in bulk: those of the same caller and target
 * become one call with a line each.
 */
final class BulkJoin {
    /** What may go in one call: callers with different credentials are never joined. */
    private record Key(CallerIdentity caller, String target, @Nullable String type) {}

    private final Lane lane;
    private final InboundMeters meters;
    private final Map<Key, List<HeldItem>> joined = new LinkedHashMap<>();

    BulkJoin(Lane lane, InboundMeters meters) {
        this.lane = lane;
        this.meters = meters;
    }

    /** Whether a request is one that the service takes in bulk, and is a single line. */
    boolean takes(Destination to, FullHttpRequest request) {
        var bulk = to.bulk();
        return bulk != null
                && bulk.format().equals("ndjson")
                && request.method().equals(HttpMethod.POST)
                && isAt(bulk, request.uri())
                && isOneLine(request.content());
    }

    private static boolean isAt(Bulk bulk, String uri) {
        return uri.startsWith(bulk.path())
                && (uri.length() == bulk.path().length()
                        || uri.charAt(bulk.path().length()) == '?');
    }

    /** One line, with its end or without; joined lines must be told apart again. */
    private static boolean isOneLine(ByteBuf content) {
        int length = content.readableBytes();
        int end = content.bytesBefore((byte) '\n');
        return length > 0 && end != 0 && (end < 0 || end == length - 1);
    }

    void add(HeldItem item) {
        var request = item.request();
        var key =
                new Key(
                        CallerIdentity.of(request.headers()),
                        request.uri(),
                        request.headers().get("content-type"));
        joined.computeIfAbsent(key, k -> new ArrayList<>()).add(item);
    }

    /** Makes the calls. */
    void flush(CallPool service) {
        if (joined.isEmpty()) {
            return;
        }
        var groups = List.copyOf(joined.values());
        joined.clear();
        for (var group : groups) {
            group.removeIf(HeldItem::settled);
            if (!group.isEmpty()) {
                meters.bulk(group.size());
                new BulkCall(List.copyOf(group), service, lane).start();
            }
        }
    }
}
