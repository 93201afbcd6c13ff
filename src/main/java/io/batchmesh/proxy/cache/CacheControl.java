package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The directives of all {@code Cache-Control} fields of a message (RFC 9111, section 5.2). Of a
 * directive that is said twice the first counts (section 4.2.1). Arguments may be tokens or quoted
 * strings, as recipients must accept.
 */
final class CacheControl {
    static final CacheControl NONE = new CacheControl(Map.of());

    /** What a number that does not fit is taken for (RFC 9111, section 1.2.2). */
    private static final long MOST_SECONDS = 1L << 31;

    private final Map<String, String> said;

    private CacheControl(Map<String, String> said) {
        this.said = said;
    }

    static CacheControl of(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            return NONE;
        }
        var said = new HashMap<String, String>();
        for (var line : headers.getAll(HttpHeaderNames.CACHE_CONTROL)) {
            read(line, said);
        }
        return new CacheControl(said);
    }

    private static void read(String line, Map<String, String> said) {
        int at = 0;
        while (at < line.length()) {
            int end = end(line, at);
            int equals = line.indexOf('=', at);
            boolean argument = equals >= 0 && equals < end;
            var name = line.substring(at, argument ? equals : end).strip();
            var value = argument ? unquoted(line.substring(equals + 1, end).strip()) : "";
            if (!name.isEmpty()) {
                said.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
            at = end + 1;
        }
    }

    /** Where a directive ends: at a comma that is not quoted. */
    private static int end(String line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return line.length();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\\", "") : text;
    }

    boolean has(String directive) {
        return said.containsKey(directive);
    }

    /** Whether a directive stands there without an argument. */
    boolean isBare(String directive) {
        return "".equals(said.get(directive));
    }

    /**
     * The argument of a directive in seconds: -1 when it is not there, and 0 when it is no number,
     * so that what is said badly is stale (RFC 9111, section 4.2.1).
     */
    long seconds(String directive) {
        var text = said.get(directive);
        return text == null ? -1 : Math.max(0, seconds(text, 0));
    }

    /** A number of seconds (RFC 9111, section 1.2.2), or what to take when it is none. */
    static long seconds(String text, long otherwise) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return otherwise;
        }
        return text.length() > 10 ? MOST_SECONDS : Math.min(MOST_SECONDS, Long.parseLong(text));
    }
}
