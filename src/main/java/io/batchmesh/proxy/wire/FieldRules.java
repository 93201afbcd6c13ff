package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;

/** What holds for field values on both ways. */
final class FieldRules {
    private static final int MAX_DIGITS = 18;

    private FieldRules() {}

    /** Whether there is no NUL, CR or LF, nor a blank at either end (RFC 9113, section 8.2.1). */
    static boolean isValue(byte[] bytes, int from, int length) {
        if (length == 0) {
            return true;
        }
        int end = from + length;
        if (blank(bytes[from]) || blank(bytes[end - 1])) {
            return false;
        }
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b <= '\r' && (b == 0 || b == '\n' || b == '\r')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses a {@code content-length} that is no number or not that of the content, but for a
     * response without content, which may answer HEAD.
     */
    static void checkContentLength(String value, FieldSection section, long actual)
            throws WireException {
        boolean digits = !value.isEmpty() && value.length() <= MAX_DIGITS;
        for (int i = 0; i < value.length(); i++) {
            digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (!digits) {
            throw new WireException(Fault.MALFORMED, "content-length", "must be one number");
        }
        long length = Long.parseLong(value);
        boolean free = section == FieldSection.RESPONSE && actual == 0;
        if (length != actual && !free) {
            throw new WireException(
                    Fault.MALFORMED,
                    "content-length",
                    "says %d but the content has %d bytes".formatted(length, actual));
        }
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }
}
