package io.batchmesh.certificate;

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
 * Files, as they were when they were read together.
 *
 * @param byField their bytes by the field of the config
 */
public record CertificateFiles(Map<String, byte[]> byField) {
    private static final int MAX_BYTES = 1 << 20;

    /** Reads them; blocks. */
    public static CertificateFiles read(CertificatePaths paths) throws CertificateFault {
        var files = new LinkedHashMap<String, byte[]>();
        read("certificate", paths.certificate(), files);
        read("key", paths.key(), files);
        read("authority", paths.authority(), files);
        read("password", paths.password(), files);
        return new CertificateFiles(files);
    }

    /** Reads one file; blocks. */
    public static CertificateFiles read(String field, @Nullable String reference)
            throws CertificateFault {
        var files = new LinkedHashMap<String, byte[]>();
        read(field, reference, files);
        return new CertificateFiles(files);
    }

    private static void read(String field, @Nullable String reference, Map<String, byte[]> to)
            throws CertificateFault {
        if (reference == null) {
            return;
        }
        var name = reference.substring(CertificatePaths.FILE.length());
        try (var in = Files.newInputStream(Path.of(name))) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CertificateFault(
                        field, name + " is longer than 1 MiB", "is it the right file?");
            }
            to.put(field, bytes);
        } catch (NoSuchFileException e) {
            throw new CertificateFault(field, "there is no file " + name, "put it there");
        } catch (IOException | InvalidPathException | UncheckedIOException e) {
            throw new CertificateFault(
                    field,
                    name + " cannot be read: " + e.getClass().getSimpleName(),
                    "let the user of this program read it");
        }
    }

    /** The bytes of a field; null where it names no file. */
    public byte @Nullable [] get(String field) {
        return byField.get(field);
    }

    /** Differs when any byte of any file does. */
    public String digest() {
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
