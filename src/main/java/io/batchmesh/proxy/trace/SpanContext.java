package io.batchmesh.proxy.trace;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which span of which trace, as {@code traceparent} carries it (W3C Trace Context, section 3.2).
 *
 * @param trace 32 hexadecimal digits in lower case, not all 0
 * @param span 16 hexadecimal digits in lower case, not all 0
 * @param sampled whether its parts are to be told
 */
record SpanContext(String trace, String span, boolean sampled) {
    static final AsciiString PARENT = AsciiString.cached("traceparent");
    static final AsciiString STATE = AsciiString.cached("tracestate");

    private static final HexFormat HEX = HexFormat.of();
    private static final int LENGTH = 55;

    /** The caller's; null where it sent none, several, or one that is malformed. */
    static @Nullable SpanContext of(HttpHeaders headers) {
        var text = headers.get(PARENT);
        return text == null || headers.getAll(PARENT).size() > 1 ? null : parse(text);
    }

    static @Nullable SpanContext parse(String text) {
        if (text.length() < LENGTH || !isFramed(text)) {
            return null;
        }
        var version = text.substring(0, 2);
        boolean known = version.equals("00") ? text.length() == LENGTH : !version.equals("ff");
        // A later version may go on after another dash.
        boolean ends = text.length() == LENGTH || text.charAt(LENGTH) == '-';
        var trace = text.substring(3, 35);
        var span = text.substring(36, 52);
        var flags = text.substring(53, LENGTH);
        boolean sound = isHex(version) && isHex(flags) && isId(trace) && isId(span);
        return known && ends && sound
                ? new SpanContext(trace, span, (HexFormat.fromHexDigits(flags) & 1) == 1)
                : null;
    }

    private static boolean isFramed(String text) {
        return text.charAt(2) == '-' && text.charAt(35) == '-' && text.charAt(52) == '-';
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static boolean isId(String text) {
        return isHex(text) && text.chars().anyMatch(c -> c != '0');
    }

    /** The first span of a new trace. */
    static SpanContext fresh(RandomGenerator random) {
        var trace = HEX.toHexDigits(random.nextLong()) + id(random);
        return new SpanContext(trace, id(random), true);
    }

    /** Another span of the same trace. */
    SpanContext child(RandomGenerator random) {
        return new SpanContext(trace, id(random), sampled);
    }

    private static String id(RandomGenerator random) {
        long id = random.nextLong();
        return HEX.toHexDigits(id == 0 ? 1 : id);
    }

    String text() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }
}
