package io.batchmesh.proxy.wire;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header field by which the calling end of a stream, or of one {@code POST /batch}, says how it
 * wants the answers packed, such as {@code zstd;level=3;context=stream;min=512}. The called end
 * packs nothing where it is missing or not understood.
 */
public final class PackingHeader {
    /** The name of the field. */
    public static final String NAME = "batchmesh-packing";

    private static final int MAX_LENGTH = 128;

    private PackingHeader() {}

    /** Adds the field, unless nothing is to be packed. */
    public static void write(Compression wanted, HttpHeaders headers) {
        if (wanted.codec() != Codec.NONE) {
            headers.set(NAME, text(wanted));
        }
    }

    /** The field's value; empty when nothing is to be packed. */
    public static String text(Compression wanted) {
        return wanted.codec() == Codec.NONE
                ? ""
                : "%s;level=%d;context=%s;min=%d"
                        .formatted(
                                wanted.codec().name().toLowerCase(Locale.ROOT),
                                wanted.level(),
                                wanted.context().name().toLowerCase(Locale.ROOT),
                                wanted.minBytes());
    }

    /** What the field says. */
    public static Compression read(HttpHeaders headers) {
        return parse(headers.get(NAME));
    }

    /** What a value of the field says; null where there is none. */
    public static Compression parse(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Compression.OFF;
        }
        var parts = text.split(";", -1);
        var codec =
                switch (parts[0]) {
                    case "zstd" -> Codec.ZSTD;
                    case "gzip" -> Codec.GZIP;
                    default -> Codec.NONE;
                };
        if (codec == Codec.NONE) {
            return Compression.OFF;
        }
        boolean stream = false;
        int level = 3;
        int min = 512;
        for (var part : parts) {
            stream |= part.equals("context=stream");
            level = part.startsWith("level=") ? number(part, level) : level;
            min = part.startsWith("min=") ? number(part, min) : min;
        }
        var context = stream ? Compression.Context.STREAM : Compression.Context.BATCH;
        return new Compression(codec, level, context, min);
    }

    private static int number(String part, int otherwise) {
        var digits = part.substring(part.indexOf('=') + 1);
        boolean sound =
                !digits.isEmpty()
                        && digits.length() <= 9
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return sound ? Integer.parseInt(digits) : otherwise;
    }
}
