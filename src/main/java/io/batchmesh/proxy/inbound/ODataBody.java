package io.batchmesh.proxy.inbound;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A body inside a JSON batch (OData JSON Format 4.01, section 19.1): JSON as it is, text as a
 * string, anything else as base64url.
 */
final class ODataBody {
    private ODataBody() {}

    private enum Form {
        JSON,
        TEXT,
        BYTES
    }

    private static Form form(@Nullable String contentType) {
        if (contentType == null) {
            return Form.JSON;
        }
        int semicolon = contentType.indexOf(';');
        var type =
                (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) {
            return Form.JSON;
        }
        return type.startsWith("text/") ? Form.TEXT : Form.BYTES;
    }

    /** As a value of the batch; null where the body is not what it says that it is. */
    static @Nullable JsonNode write(byte[] body, @Nullable String contentType) {
        return switch (form(contentType)) {
            case JSON ->
                    JsonDocument.parse(body) instanceof Parsed.Ok ok ? ok.document().root() : null;
            case TEXT -> {
                var text = new String(body, StandardCharsets.UTF_8);
                boolean whole =
                        java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body);
                yield whole ? JsonNodeFactory.instance.stringNode(text) : null;
            }
            case BYTES ->
                    JsonNodeFactory.instance.stringNode(
                            Base64.getUrlEncoder().encodeToString(body));
        };
    }

    /**
     * From a value of the batch.
     *
     * @throws IllegalArgumentException when it is none
     */
    static byte[] read(@Nullable JsonNode value, @Nullable String contentType) {
        if (value == null || value.isNull()) {
            return new byte[0];
        }
        var form = form(contentType);
        boolean json = form == Form.JSON && (contentType != null || !value.isString());
        if (json) {
            return JsonText.compact(value).getBytes(StandardCharsets.UTF_8);
        }
        if (!value.isString()) {
            throw new IllegalArgumentException("a body that is not JSON must be a string");
        }
        return form == Form.BYTES
                ? Base64.getUrlDecoder().decode(value.stringValue())
                : value.stringValue().getBytes(StandardCharsets.UTF_8);
    }
}
