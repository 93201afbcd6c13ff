package io.batchmesh.store;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A topology as it stands in a file: what was read, and the bytes it was read from. Immutable; each
 * save gives the file as it is then. Does I/O, so not for the FX thread.
 */
public final class TopologyFile {
    private final Path path;
    private final Topology topology;
    private final byte[] original;
    private final @Nullable String schema;
    private final JsonDocument document;
    private final WholeFile writer;

    private TopologyFile(Path path, TopologyResult.Read read, byte[] original, WholeFile writer) {
        this.path = path;
        this.topology = read.topology();
        this.original = original;
        this.schema = read.schema();
        this.document = read.document();
        this.writer = writer;
    }

    /** Opens a file. Never throws for what is, or is not, at the path. */
    public static LoadResult load(Path path) {
        return load(path, new Disk());
    }

    static LoadResult load(Path path, Disk disk) {
        try {
            if (!Files.exists(path)) {
                return missing(path);
            }
            if (!Files.isRegularFile(path)) {
                var what = Files.isDirectory(path) ? "it is a directory" : "it is no regular file";
                return new LoadResult.Unreadable(path, what);
            }
            long size = Files.size(path);
            if (size > JsonDocument.MAX_BYTES) {
                return new LoadResult.TooLarge(path, size);
            }
            var text = bounded(path);
            return text.length > JsonDocument.MAX_BYTES
                    ? new LoadResult.TooLarge(path, text.length)
                    : of(path, text, new WholeFile(disk));
        } catch (IOException e) {
            return new LoadResult.Unreadable(path, reason(e));
        }
    }

    private static LoadResult missing(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? new LoadResult.Unreadable(path, "it is a link to a file that is not there")
                : new LoadResult.Missing(path);
    }

    /** A file may grow, so its size of before bounds nothing. */
    private static byte[] bounded(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(JsonDocument.MAX_BYTES + 1);
        }
    }

    private static LoadResult of(Path path, byte[] text, WholeFile writer) {
        return switch (TopologyJson.read(text)) {
            case TopologyResult.Faulty f -> new LoadResult.Faulty(path, f.faults());
            case TopologyResult.Read r ->
                    new LoadResult.Loaded(new TopologyFile(path, r, text, writer));
        };
    }

    /**
     * A topology as if it stood in a file that does not exist; nothing is written.
     *
     * @throws IllegalArgumentException when it could not be read back
     */
    public static TopologyFile unsaved(Path path, Topology topology) {
        var text = text(topology, TopologyJson.SCHEMA);
        return switch (TopologyJson.read(text)) {
            case TopologyResult.Faulty f ->
                    throw new IllegalArgumentException(f.faults().getFirst().describe());
            case TopologyResult.Read r ->
                    new TopologyFile(path, r, text, new WholeFile(new Disk()));
        };
    }

    /** Saves a topology into a new file; a file that is there already is a conflict. */
    public static SaveResult create(Path path, Topology topology) {
        return create(path, topology, new Disk());
    }

    static SaveResult create(Path path, Topology topology, Disk disk) {
        return write(path, null, text(topology, TopologyJson.SCHEMA), new WholeFile(disk));
    }

    public Path path() {
        return path;
    }

    /** What the file says. */
    public Topology topology() {
        return topology;
    }

    /** The SHA-256 of the file's bytes, in hexadecimal digits. */
    String hash() {
        return JournalFile.hash(original);
    }

    /** The text of the file, for the places of its values. */
    public JsonDocument document() {
        return document;
    }

    /**
     * Saves a topology into this file. Equal to what was read, the text stays as it was, byte for
     * byte. When the file no longer holds what was read, nothing is written.
     */
    public SaveResult save(Topology changed) {
        var text = changed.equals(topology) ? original : text(changed, schema);
        return write(path, original, text, writer);
    }

    /** Saves a topology over whatever the file holds now: the answer of a person to a conflict. */
    public SaveResult overwrite(Topology changed) {
        try {
            return write(path, WholeFile.read(path), text(changed, schema), writer);
        } catch (IOException e) {
            return new SaveResult.Failed(path, reason(e));
        }
    }

    private static byte[] text(Topology topology, @Nullable String schema) {
        var tree = TopologyJson.write(topology, schema);
        return JsonText.pretty(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** Nothing is written that could not be read back. */
    private static SaveResult write(
            Path path, byte @Nullable [] expected, byte[] text, WholeFile writer) {
        return switch (TopologyJson.read(text)) {
            case TopologyResult.Faulty f -> new SaveResult.Unwritable(f.faults());
            case TopologyResult.Read r -> new TopologyFile(path, r, text, writer).put(expected);
        };
    }

    private SaveResult put(byte @Nullable [] expected) {
        try {
            return switch (writer.put(path, expected, original)) {
                case WholeFile.Outcome.Written w -> new SaveResult.Saved(this, w.backup());
                case WholeFile.Outcome.Changed _ -> new SaveResult.Conflict(load(path));
            };
        } catch (IOException e) {
            return new SaveResult.Failed(path, reason(e));
        }
    }

    /** The message of the operating system without the path, which stands before it anyway. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
