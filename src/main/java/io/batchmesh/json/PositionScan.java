package io.batchmesh.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One streaming pass that notes where each value of a well-formed text stands. */
final class PositionScan {
    private final Map<String, JsonDocument.Position> found = new HashMap<>();
    private final Deque<Level> levels = new ArrayDeque<>();

    private PositionScan() {}

    /** A container that is open: its pointer, and the index of its next item if it is an array. */
    private static final class Level {
        final String pointer;
        int next;
        @Nullable String field;

        Level(String pointer, boolean array) {
            this.pointer = pointer;
            this.next = array ? 0 : -1;
        }
    }

    static Map<String, JsonDocument.Position> of(byte[] text) {
        var scan = new PositionScan();
        try (JsonParser parser = JsonDocument.MAPPER.createParser(text)) {
            for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
                scan.token(t, parser);
            }
        }
        return scan.found;
    }

    private void token(JsonToken token, JsonParser parser) {
        switch (token) {
            case PROPERTY_NAME -> {
                var level = levels.getFirst();
                level.field = parser.currentName();
                note(level.pointer + "/" + escape(parser.currentName()), parser);
            }
            case END_OBJECT, END_ARRAY -> levels.removeFirst();
            case START_OBJECT, START_ARRAY -> {
                var pointer = valuePointer(parser);
                levels.addFirst(new Level(pointer, token == JsonToken.START_ARRAY));
            }
            default -> valuePointer(parser);
        }
    }

    private String valuePointer(JsonParser parser) {
        var level = levels.peekFirst();
        if (level == null) {
            note("", parser);
            return "";
        }
        if (level.next >= 0) {
            var pointer = level.pointer + "/" + level.next++;
            note(pointer, parser);
            return pointer;
        }
        return level.pointer + "/" + escape(level.field == null ? "" : level.field);
    }

    private void note(String pointer, JsonParser parser) {
        var at = parser.currentTokenLocation();
        found.put(pointer, new JsonDocument.Position(at.getLineNr(), at.getColumnNr()));
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
