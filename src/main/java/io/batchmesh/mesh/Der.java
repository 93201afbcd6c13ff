package io.batchmesh.mesh;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few forms of DER (ITU-T X.690) of which a certificate is made. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    /** A value with a tag. */
    static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else {
            var bytes = BigInteger.valueOf(length).toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            out.write(0x80 | (bytes.length - from));
            out.write(bytes, from, bytes.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, joined(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(SET, joined(parts));
    }

    /** A context-specific constructed value, such as {@code [3] EXPLICIT}. */
    static byte[] explicit(int number, byte[] content) {
        return tagged(0xa0 | number, content);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] flag(boolean value) {
        return tagged(0x01, new byte[] {(byte) (value ? 0xff : 0)});
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    /** Whole bytes of bits. */
    static byte[] bits(byte[] content) {
        return bits(content, 0);
    }

    /** Bits of which the last ones are not used. */
    static byte[] bits(byte[] content, int unused) {
        return tagged(0x03, joined(new byte[] {(byte) unused}, content));
    }

    static byte[] text(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /** ASCII under a context-specific tag, as alternative names are. */
    static byte[] name(int number, String text) {
        return tagged(0x80 | number, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Years before 2050 are written with two digits (RFC 5280, section 4.1.2.5). */
    static byte[] time(Instant at) {
        var text = TIME.format(at);
        boolean utc = text.compareTo("2050") < 0 && text.compareTo("1950") >= 0;
        return utc
                ? tagged(0x17, text.substring(2).getBytes(StandardCharsets.US_ASCII))
                : tagged(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier such as {@code 2.5.29.17}. */
    static byte[] oid(String dotted) {
        var parts = dotted.split("\\.", -1);
        var out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
        for (int i = 2; i < parts.length; i++) {
            long part = Long.parseLong(parts[i]);
            int shift = 0;
            while (part >> (shift + 7) != 0) {
                shift += 7;
            }
            for (; shift >= 0; shift -= 7) {
                out.write((int) ((part >> shift) & 0x7f) | (shift == 0 ? 0 : 0x80));
            }
        }
        return tagged(0x06, out.toByteArray());
    }
}
