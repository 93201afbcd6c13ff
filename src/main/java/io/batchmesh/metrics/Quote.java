package io.batchmesh.metrics;

/** Quotes bytes of a foreign text in a message: short, printable, in one line. */
final class Quote {
    private static final int LONGEST = 40;

    private Quote() {}

    static String of(byte[] text, int from, int to) {
        var quoted = new StringBuilder();
        for (var i = from; i < Math.min(to, from + LONGEST); i++) {
            quoted.append(text[i] >= ' ' && text[i] < 0x7f ? (char) text[i] : '?');
        }
        return to - from > LONGEST ? quoted.append("…").toString() : quoted.toString();
    }

    static String of(byte b) {
        return b >= ' ' && b < 0x7f
                ? "'" + (char) b + "'"
                : String.format("byte 0x%02x", Byte.toUnsignedInt(b));
    }
}
