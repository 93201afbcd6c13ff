package io.batchmesh.config;

import io.batchmesh.json.JsonText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The version of a config: the SHA-256 of its canonical JSON, so that equal configs have equal
 * versions wherever they are computed.
 *
 * @param hash 64 hexadecimal digits in lower case
 */
public record ConfigVersion(String hash) {
    public static ConfigVersion of(ProxyConfig config) {
        return ofCanonical(JsonText.canonical(ConfigJson.write(config)));
    }

    /** The version of a canonical text. */
    public static ConfigVersion ofCanonical(byte[] canonical) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical);
            return new ConfigVersion(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The first eight digits, for people. */
    public String brief() {
        return hash.length() <= 8 ? hash : hash.substring(0, 8);
    }

    @Override
    public String toString() {
        return hash;
    }
}
