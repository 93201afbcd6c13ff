package io.batchmesh.admin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call whose sender was already let in.
 *
 * @param method the method
 * @param path the path, decoded, without the query
 * @param query the query parameters, decoded
 * @param headers the headers; names in lower case, values of one name joined by commas
 * @param body the body, empty for none
 * @param rest what stands in the path where the route has a parameter, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record AdminRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body,
        String rest) {
    @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The last value of a query parameter, or null. */
    @Nullable String parameter(String name) {
        var values = query.get(name);
        return values == null || values.isEmpty() ? null : values.getLast();
    }

    AdminRequest withBody(byte[] body) {
        return new AdminRequest(method, path, query, headers, body, rest);
    }
}
