package io.batchmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SplittableRandom;

/** What requests and answers carry, the same in each run. */
final class Payloads {
    private static final int TOKENS = 4096;
    private static final int FILES = 64;
    private static final int FILE_BYTES = 4096;
    private static final int BODY_BYTES = 1 << 20;

    private final Lab lab;
    private final SplittableRandom random = new SplittableRandom(20261122);

    Payloads(Lab lab) {
        this.lab = lab;
    }

    /** 4,096 bearer tokens of 660 bytes as RS256 makes them, one per line. */
    Path tokens() {
        var text = new StringBuilder();
        for (int i = 0; i < TOKENS; i++) {
            text.append(token(i)).append('\n');
        }
        return lab.write("tokens.txt", text.toString());
    }

    private String token(int number) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var head =
                base64.encodeToString(bytes("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k7\"}"));
        var claims =
                "{\"iss\":\"https://login.example\",\"aud\":\"orders\",\"sub\":\"%016x\",\"iat\":%d,\"exp\":%d,\"jti\":\"%016x\",\"scope\":\"orders:read orders:write\",\"tenant\":\"t-%05d\"}"
                        .formatted(
                                random.nextLong(),
                                1_790_000_000 + number,
                                1_790_003_600 + number,
                                random.nextLong(),
                                number);
        var signature = new byte[256];
        random.nextBytes(signature);
        return head
                + "."
                + base64.encodeToString(bytes(claims))
                + "."
                + base64.encodeToString(signature);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A file of random bytes, for bodies of requests. */
    Path body() {
        return random("body.bin", BODY_BYTES);
    }

    /** Files of random bytes for the service's {@code /files}. */
    void files() {
        try {
            Files.createDirectories(lab.directory().resolve("files"));
            for (int i = 0; i < FILES; i++) {
                random("files/" + i, FILE_BYTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path random(String name, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        try {
            return Files.write(lab.directory().resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
