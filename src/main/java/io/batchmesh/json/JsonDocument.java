package io.batchmesh.json;

import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A well-formed JSON text with its tree. Duplicate keys and trailing text are refused. The place of
 * each value is found by a second pass over the text, made once when somebody asks.
 */
public final class JsonDocument {
    /** The largest text that is read: 32 MiB. */
    public static final int MAX_BYTES = 32 << 20;

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final byte[] text;
    private final JsonNode root;
    private @Nullable Map<String, Position> positions;

    private JsonDocument(byte[] text, JsonNode root) {
        this.text = text;
        this.root = root;
    }

    /** Line and column, both from 1. */
    public record Position(int line, int column) {}

    /** Reads UTF-8 bytes. Never throws for what the bytes hold. */
    public static Parsed parse(byte[] text) {
        if (text.length > MAX_BYTES) {
            return bad(0, 0, "the text has " + text.length + " bytes", "at most 32 MiB are read");
        }
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root == null || root.isMissingNode()) {
                return bad(1, 1, "the text is empty", "expected a JSON object");
            }
            return new Parsed.Ok(new JsonDocument(text.clone(), root));
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            int line = at == null ? 0 : Math.max(at.getLineNr(), 0);
            int column = at == null ? 0 : Math.max(at.getColumnNr(), 0);
            return bad(line, column, firstSentence(e.getOriginalMessage()), "");
        }
    }

    private static Parsed bad(int line, int column, String message, String mend) {
        return new Parsed.Bad(new Fault("", line, column, message, mend));
    }

    private static String firstSentence(@Nullable String message) {
        if (message == null) {
            return "the text is not JSON";
        }
        var line = message.lines().findFirst().orElse(message);
        return line.replaceAll(" \\(for (Object|Array|root) .*$", "")
                .replaceAll(" at \\[Source.*$", "");
    }

    public JsonNode root() {
        return root;
    }

    /** The text as it was read. */
    public byte[] text() {
        return text.clone();
    }

    /** The place of the value at a pointer, or of the nearest value above it that exists. */
    public synchronized @Nullable Position position(String pointer) {
        if (positions == null) {
            positions = Collections.unmodifiableMap(PositionScan.of(text));
        }
        for (var p = pointer; ; p = p.substring(0, p.lastIndexOf('/'))) {
            var found = positions.get(p);
            if (found != null || p.isEmpty()) {
                return found;
            }
        }
    }

    /**
     * Reads the root object; unknown fields, wrong types and missing values are added to {@code
     * faults} and replaced by harmless values, so that all faults of a text are found in one go.
     */
    public <T> T read(Faults faults, Function<ObjectReader, T> reader) {
        return ObjectReader.root(this, faults, reader);
    }
}
