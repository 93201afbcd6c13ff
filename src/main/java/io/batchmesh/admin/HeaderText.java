package io.batchmesh.admin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Free text in the value of a header: printable ASCII as it is, anything else and the percent sign
 * as percent-encoded UTF-8, at most 200 characters of it. The names of people are not ASCII.
 */
public final class HeaderText {
    private static final int MOST = 200;

    private HeaderText() {}

    /** The text as a header can carry it; null for null. */
    public static @Nullable String encode(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var out = new StringBuilder();
        for (byte b : shortened(text).getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f && b != '%') {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    /** The text that a header carries; null for null and for nothing. */
    public static @Nullable String decode(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        var out = new ByteArrayOutputStream();
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? digit(bytes[i + 1]) : -1;
            int low = i + 2 < bytes.length ? digit(bytes[i + 2]) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                out.write(16 * high + low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return shortened(out.toString(StandardCharsets.UTF_8));
    }

    private static int digit(byte b) {
        return Character.digit(b, 16);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST));
    }
}
