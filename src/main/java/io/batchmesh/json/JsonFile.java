package io.batchmesh.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.JsonNode;

/**
 * Small files that the program keeps for itself. Each is saved whole or not at all, and only the
 * user may read it.
 */
public final class JsonFile {
    private JsonFile() {}

    /**
     * Replaces a file, or makes it; its directory must exist.
     *
     * @throws IOException when it cannot be written, in which case what was there is untouched
     */
    public static void save(Path file, JsonNode content) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        // Created with mode 0600 where the file system knows modes.
        var temporary = Files.createTempFile(directory, ".saving-", ".tmp");
        try {
            write(temporary, JsonText.pretty(content).getBytes(StandardCharsets.UTF_8));
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /**
     * Reads a file, never more than {@link JsonDocument#MAX_BYTES} of it.
     *
     * @throws IOException when there is none or it cannot be read
     */
    public static Parsed read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return JsonDocument.parse(in.readNBytes(JsonDocument.MAX_BYTES + 1));
        }
    }
}
