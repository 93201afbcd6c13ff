package io.batchmesh.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes, eight at a time, by the carries of an addition in a long. */
final class Bytes {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long FEEDS = ONES * '\n';
    private static final long QUOTES = ONES * '"';
    private static final long BRACES = ONES * '}';
    private static final long BACKSLASHES = ONES * '\\';

    private Bytes() {}

    /** The first line feed at or behind {@code from}, {@code end} if there is none before it. */
    static int feed(byte[] text, int from, int end) {
        var i = from;
        for (; i + 2 * Long.BYTES <= end; i += 2 * Long.BYTES) {
            var first = zeros((long) WORDS.get(text, i) ^ FEEDS);
            var second = zeros((long) WORDS.get(text, i + Long.BYTES) ^ FEEDS);
            if ((first | second) != 0) {
                return first != 0
                        ? i + (Long.numberOfTrailingZeros(first) >>> 3)
                        : i + Long.BYTES + (Long.numberOfTrailingZeros(second) >>> 3);
            }
        }
        while (i < end && text[i] != '\n') {
            i++;
        }
        return i;
    }

    /** The first quote, backslash or line feed, {@code end} if there is none before it. */
    static int quoteOrFeed(byte[] text, int from, int end) {
        var i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            var word = (long) WORDS.get(text, i);
            var found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | zeros(word ^ FEEDS);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && text[i] != '"' && text[i] != '\\' && text[i] != '\n') {
            i++;
        }
        return i;
    }

    /** The first quote, closing brace or line feed, {@code end} if there is none before it. */
    static int quoteOrBrace(byte[] text, int from, int end) {
        var i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            var word = (long) WORDS.get(text, i);
            var found = zeros(word ^ QUOTES) | zeros(word ^ BRACES) | zeros(word ^ FEEDS);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && text[i] != '"' && text[i] != '}' && text[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Marks the bytes that are zero; those above the first may be marked wrongly. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & TOPS;
    }
}
