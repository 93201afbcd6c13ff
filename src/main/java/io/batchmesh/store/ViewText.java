package io.batchmesh.store;

import io.batchmesh.json.Fault;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.batchmesh.json.Range;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bookmarks of a view as texts: a small JSON file, or one word that survives a chat, {@code
 * batchmesh-view:1:} and the same JSON in base64url. Whatever a text holds, reading it ends with a
 * bookmark or with a reason in a line.
 */
public final class ViewText {
    /** The format that is read and written. */
    public static final String FORMAT = "batchmesh-view/v1";

    /** What a text for pasting begins with. */
    public static final String PREFIX = "batchmesh-view:1:";

    private static final String ANY_PREFIX = "batchmesh-view:";

    /** Longer than any that is written. */
    public static final int MOST_CHARS = 256 * 1024;

    private static final int MOST_SELECTED = 1_000;
    private static final Range CANVAS = Range.of(-1e9, 1e9);
    private static final Range SCALE = Range.of(0.001, 100);

    private ViewText() {}

    /** What reading comes to. */
    public sealed interface Result {
        /** It is one. */
        record Read(ViewBookmark view) implements Result {}

        /** It is none that can be used. */
        record Refused(String reason) implements Result {}
    }

    /** One word. */
    public static String link(ViewBookmark view) {
        var bytes = JsonText.compact(write(view)).getBytes(StandardCharsets.UTF_8);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A file. */
    public static String file(ViewBookmark view) {
        return JsonText.pretty(write(view));
    }

    /** Whether a text is a bookmark in one word, be it of a version that is known here or not. */
    public static boolean isLink(String text) {
        return text.strip().startsWith(ANY_PREFIX);
    }

    /** Reads either form. */
    public static Result read(String text) {
        if (text.length() > MOST_CHARS) {
            return new Result.Refused("it is longer than any bookmark of a view");
        }
        var stripped = text.strip();
        if (!isLink(stripped)) {
            return json(stripped);
        }
        if (!stripped.startsWith(PREFIX)) {
            return new Result.Refused(
                    "it is a bookmark of another version; open it with a newer Batchmesh");
        }
        try {
            // Chats and mails break long words.
            var packed = stripped.substring(PREFIX.length()).replaceAll("\\s+", "");
            return json(new String(Base64.getUrlDecoder().decode(packed), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return new Result.Refused("the bookmark is damaged; copy the whole of it");
        }
    }

    private static Result json(String text) {
        return switch (JsonDocument.parse(text.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Bad bad ->
                    new Result.Refused("it is no bookmark of a view: " + bad.fault().describe());
            case Parsed.Ok ok -> read(ok.document());
        };
    }

    private static Result read(JsonDocument document) {
        var format = document.root().path("format");
        if (!format.isString() || !format.stringValue().equals(FORMAT)) {
            return new Result.Refused(
                    format.isString() && format.stringValue().startsWith("batchmesh-view/")
                            ? "its format is "
                                    + format.stringValue()
                                    + "; this version opens "
                                    + FORMAT
                            : "it is no bookmark of a view: \"format\" is not \"" + FORMAT + "\"");
        }
        var faults = new Faults(document);
        var view = document.read(faults, ViewText::view);
        return faults.isEmpty() ? new Result.Read(view) : new Result.Refused(first(faults.list()));
    }

    private static String first(List<Fault> faults) {
        return "the bookmark is faulty: " + faults.getFirst().describe();
    }

    private static ViewBookmark view(ObjectReader o) {
        o.string("format");
        var time = o.object("time", ViewText::time);
        return new ViewBookmark(
                o.string("topology"),
                selected(o, "services"),
                selected(o, "links"),
                o.string("tab", ""),
                o.string("filter", ""),
                o.object("canvas", ViewText::canvas),
                time == null ? ViewBookmark.Time.NOW : time);
    }

    private static List<String> selected(ObjectReader o, String name) {
        var all = o.strings(name);
        if (all.size() > MOST_SELECTED) {
            o.fault(name, "there are more than " + MOST_SELECTED, "select fewer");
        }
        return all;
    }

    private static ViewBookmark.Canvas canvas(ObjectReader o) {
        Fields.require(o, "x", "add a number");
        Fields.require(o, "y", "add a number");
        return new ViewBookmark.Canvas(
                o.number("x", CANVAS, 0), o.number("y", CANVAS, 0), o.number("scale", SCALE, 1));
    }

    private static ViewBookmark.Time time(ObjectReader o) {
        return new ViewBookmark.Time(
                instant(o),
                o.duration("length"),
                o.duration("comparedWith"),
                o.string("comparison", ""),
                o.string("recording", ""));
    }

    private static @Nullable Instant instant(ObjectReader o) {
        var text = o.optionalString("at");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            o.fault("at", "'" + text + "' is no time", "write 2026-03-01T12:00:00Z");
            return null;
        }
    }

    private static ObjectNode write(ViewBookmark view) {
        return ObjectWriter.object(o -> {
            o.put("format", FORMAT)
                    .put("topology", view.topology())
                    .putStrings("services", view.services())
                    .putStrings("links", view.links())
                    .put("tab", orNull(view.tab()))
                    .put("filter", orNull(view.filter()));
            var canvas = view.canvas();
            if (canvas != null) {
                o.put(
                        "canvas",
                        ObjectWriter.object(c ->
                                c.put("x", canvas.x())
                                        .put("y", canvas.y())
                                        .put("scale", canvas.scale())));
            }
            if (!view.time().equals(ViewBookmark.Time.NOW)) {
                o.put("time", write(view.time()));
            }
        });
    }

    private static ObjectNode write(ViewBookmark.Time time) {
        var at = time.at();
        Duration earlier = time.comparedWith();
        return ObjectWriter.object(o ->
                o.put("at", at == null ? null : at.toString())
                        .put("length", time.length())
                        .put("comparedWith", earlier)
                        .put("comparison", orNull(time.comparison()))
                        .put("recording", orNull(time.recording())));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
