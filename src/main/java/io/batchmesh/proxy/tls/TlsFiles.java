package io.batchmesh.proxy.tls;

import io.batchmesh.config.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a config names, as they were when they were read together.
 *
 * @param byField their bytes by the field of the config
 */
record TlsFiles(Map<String, byte[]> byField) {
    private static final int MAX_BYTES = 1 << 20;

    /** Reads them; blocks. */
    static TlsFiles read(TlsConfig config) throws TlsFault {
        var files = new LinkedHashMap<String, byte[]>();
        read("certificate", config.certificate(), files);
        read("key", config.key(), files);
        read("authority", config.authority(), files);
        read("password", config.password(), files);
        return new TlsFiles(files);
    }

    /** Reads one file; blocks. */
    static TlsFiles read(String field, @Nullable String reference) throws TlsFault {
        var files = new LinkedHashMap<String, byte[]>();
        read(field, reference, files);
        return new TlsFiles(files);
    }

    private static void read(String field, @Nullable String reference, Map<String, byte[]> to)
            throws TlsFault {
        if (reference == null) {
            return;
        }
        var name = reference.substring(TlsConfig.FILE.length());
        try (var in = Files.newInputStream(Path.of(name))) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TlsFault(field, name + " is longer than 1 MiB", "is it the right file?");
            }
            to.put(field, bytes);
        } catch (NoSuchFileException e) {
            throw new TlsFault(field, "there is no file " + name, "put it there");
        } catch (IOException | InvalidPathException | UncheckedIOException e) {
            throw new TlsFault(
                    field,
                    name + " cannot be read: " + e.getClass().getSimpleName(),
                    "let the proxy's user read it");
        }
    }

    byte @Nullable [] get(String field) {
        return byField.get(field);
    }

    /** Differs when any byte of any file does. */
    String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byField.forEach((field, bytes) -> {
                digest.update(
                        (field + bytes.length + ":")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
