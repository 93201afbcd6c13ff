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
 * @param identity whom the sender's certificate is for, or null when he showed none
 * @param rest what stands in the path where the route has a parameter, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record AdminRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body,
        @Nullable String identity,
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
        return new AdminRequest(method, path, query, headers, body, identity, rest);
    }

    /** Sent by the owner of a certificate. */
    AdminRequest by(@Nullable String owner) {
        return new AdminRequest(method, path, query, headers, body, owner, rest);
    }

    /** Who says to have sent it; where nobody says so, whom the certificate is for. */
    @Nullable String author() {
        var said = HeaderText.decode(header("batchmesh-author"));
        return said == null ? identity : said;
    }
}
