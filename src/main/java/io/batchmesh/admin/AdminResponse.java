package io.batchmesh.admin;

import io.batchmesh.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers what stands in the head beside length and date
 * @param body the body
 * @param lines what follows the head instead of a body, as it comes; null for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record AdminResponse(
        int status, Map<String, String> headers, byte[] body, @Nullable AdminLines lines) {
    private static final String TYPE = "content-type";

    static AdminResponse json(int status, JsonNode body) {
        var text = JsonText.pretty(body).getBytes(StandardCharsets.UTF_8);
        return of(status, "application/json", text);
    }

    static AdminResponse of(int status, String contentType, byte[] body) {
        return new AdminResponse(status, Map.of(TYPE, contentType), body, null);
    }

    /** An answer that goes on until its lines are over. */
    static AdminResponse lines(String contentType, AdminLines lines) {
        return new AdminResponse(200, Map.of(TYPE, contentType), new byte[0], lines);
    }

    /** This answer with a header more, unless the value is null. */
    AdminResponse with(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        var copy = new LinkedHashMap<>(headers);
        copy.put(name, value);
        return new AdminResponse(status, copy, body, lines);
    }
}
