package io.batchmesh.store;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a journal holds.
 *
 * @param file the topology file that is being edited, or null for one that was never saved
 * @param base the SHA-256 of the file's bytes that the edits began from, or null
 * @param time when it was written
 * @param topology the edited topology
 */
record JournalFile(@Nullable String file, @Nullable String base, Instant time, Topology topology) {
    private static final String FORMAT = "batchmesh-autosave/v1";
    private static final int NAME_DIGITS = 16;

    byte[] bytes() {
        var json =
                ObjectWriter.object(o ->
                        o.put("format", FORMAT)
                                .put("file", file)
                                .put("base", base)
                                .put("time", time.toString())
                                .put("topology", TopologyJson.write(topology)));
        return JsonText.compact(json).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a journal; null when the text is none that can be used. */
    static @Nullable JournalFile read(byte[] text) {
        if (!(JsonDocument.parse(text) instanceof Parsed.Ok(JsonDocument document))) {
            return null;
        }
        JsonNode root = document.root();
        if (!FORMAT.equals(root.path("format").asString(""))) {
            return null;
        }
        var topology = TopologyJson.read(JsonText.canonical(root.path("topology")));
        var time = time(root.path("time").asString(""));
        if (time == null || !(topology instanceof TopologyResult.Read read)) {
            return null;
        }
        return new JournalFile(text(root, "file"), text(root, "base"), time, read.topology());
    }

    private static @Nullable String text(JsonNode root, String field) {
        var value = root.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** How the journals of a file begin: the same for all who edit it. */
    static String key(@Nullable Path file) {
        if (file == null) {
            return "untitled";
        }
        var path = file.toAbsolutePath().normalize().toString();
        return hash(path.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS);
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
