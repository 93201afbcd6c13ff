package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig.Bulk;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.InboundMeters;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the items of one batch that a service takes in bulk: those of the same caller and target
 * become one call with a line each, or those of the same caller one OData batch.
 */
final class BulkJoin {
    /** What may go in one call: callers with different credentials are never joined. */
    private record Key(
            CallerIdentity caller,
            String target,
            @Nullable String type,
            @Nullable String batches) {}

    private static final Set<HttpMethod> ODATA_METHODS =
            Set.of(
                    HttpMethod.GET,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE);

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
        if (bulk == null) {
            return false;
        }
        return isOData(bulk)
                ? isODataRequest(bulk, request)
                : request.method().equals(HttpMethod.POST)
                        && isAt(bulk, request.uri())
                        && isOneLine(request.content());
    }

    private static boolean isOData(Bulk bulk) {
        return bulk.format().equals("odata");
    }

    /**
     * Whether a request is one to the OData service whose batches are taken at the path: below what
     * comes before the last slash of it, as {@code /odata/Products(1)} is for {@code
     * /odata/$batch}.
     */
    private static boolean isODataRequest(Bulk bulk, FullHttpRequest request) {
        var root = bulk.path().substring(0, bulk.path().lastIndexOf('/') + 1);
        if (!ODATA_METHODS.contains(request.method())
                || !request.uri().startsWith(root)
                || isAt(bulk, request.uri())
                || !request.trailingHeaders().isEmpty()) {
            return false;
        }
        var type = request.headers().get("content-type");
        return !request.content().isReadable()
                || ODataBody.write(ByteBufUtil.getBytes(request.content()), type) != null;
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

    void add(HeldItem item, Bulk bulk) {
        var request = item.request();
        var headers = request.headers();
        var caller = CallerIdentity.of(headers);
        var key =
                isOData(bulk)
                        ? new Key(caller, headers.get("host", ""), null, bulk.path())
                        : new Key(caller, request.uri(), headers.get("content-type"), null);
        joined.computeIfAbsent(key, k -> new ArrayList<>()).add(item);
    }

    private ServiceCall call(List<HeldItem> group, @Nullable String path, CallPool service) {
        if (path == null) {
            return new BulkCall(group, service, lane);
        }
        return group.size() == 1
                ? new SingleCall(group.getFirst(), service, lane)
                : new ODataCall(group, path, service, lane);
    }

    /** Makes the calls. */
    void flush(CallPool service) {
        if (joined.isEmpty()) {
            return;
        }
        var groups = new LinkedHashMap<>(joined);
        joined.clear();
        groups.forEach((key, group) -> {
            group.removeIf(HeldItem::settled);
            if (!group.isEmpty()) {
                meters.bulk(group.size());
                call(List.copyOf(group), key.batches(), service).start();
            }
        });
    }
}
