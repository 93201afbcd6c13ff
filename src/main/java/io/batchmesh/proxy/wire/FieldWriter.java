package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.KnownNames.Known;
import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes field sections of known length (RFC 9292, section 3.6) by way of an array of its own,
 * which is kept per thread: the length comes first and shows last.
 */
final class FieldWriter {
    private static final int KEPT = 64 << 10;
    private static final FastThreadLocal<FieldWriter> LOCAL =
            new FastThreadLocal<>() {
                @Override
                protected FieldWriter initialValue() {
                    return new FieldWriter();
                }
            };

    private byte[] bytes = new byte[2048];
    private int length;
    private FieldSection section = FieldSection.REQUEST;
    private long contentLength;
    private boolean contentLengthSeen;
    private boolean hostSeen;
    private Part part = Part.ALL;

    /** Which fields are collected. */
    enum Part {
        ALL,
        CREDENTIALS,
        OTHERS
    }

    private FieldWriter() {}

    /** The writer of this thread. */
    static FieldWriter local() {
        return LOCAL.get();
    }

    /** Whether the section collected last had a {@code host} field. */
    boolean hostSeen() {
        return hostSeen;
    }

    /**
     * Collects the fields of a section, but for the connection-specific ones.
     *
     * @param contentBytes what {@code content-length} must say
     */
    void collect(HttpHeaders headers, FieldSection kind, long contentBytes, WireLimits limits)
            throws WireException {
        collect(headers, kind, contentBytes, limits, Part.ALL);
    }

    /** As above, but only a part of the fields. */
    void collect(
            HttpHeaders headers,
            FieldSection kind,
            long contentBytes,
            WireLimits limits,
            Part wanted)
            throws WireException {
        part = wanted;
        section = kind;
        contentLength = contentBytes;
        contentLengthSeen = false;
        hostSeen = false;
        length = 0;
        int count = 0;
        Set<String> dropped = nominated(headers);
        var fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            int before = length;
            if (field(field.getKey(), field.getValue(), dropped)) {
                count++;
            } else {
                length = before;
            }
            if (count > limits.maxFields() || length > limits.maxFieldBytes()) {
                throw new WireException(
                        Fault.TOO_LARGE,
                        section.title(),
                        "is over the limit of %d fields or %d bytes"
                                .formatted(limits.maxFields(), limits.maxFieldBytes()));
            }
        }
    }

    /** Bytes that {@link #writeTo} appends. */
    int size() {
        return Varint.size(length) + length;
    }

    /** Appends what was collected, with its length. */
    void writeTo(ByteBuf out) {
        Varint.write(out, length);
        out.writeBytes(bytes, 0, length);
        if (bytes.length > KEPT) {
            bytes = new byte[2048];
        }
    }

    private boolean field(CharSequence name, CharSequence value, Set<String> dropped)
            throws WireException {
        int size = name.length();
        number(size);
        int at = length;
        copy(name);
        int hash = 0;
        for (int i = at; i < length; i++) {
            byte lower = KnownNames.lower(bytes[i]);
            if (lower == 0) {
                throw invalid("has a field name that is not a token");
            }
            bytes[i] = lower;
            hash = KnownNames.hash(hash, lower);
        }
        if (size == 0) {
            throw invalid("has an empty field name");
        }
        Known known = KnownNames.find(bytes, at, size, hash);
        boolean credential = known != null && known.credential();
        if (part != Part.ALL && credential != (part == Part.CREDENTIALS)) {
            return false;
        }
        if (known != null && !carried(known, value)) {
            return false;
        }
        if (!dropped.isEmpty() && dropped.contains(text(at))) {
            return false;
        }
        value(value);
        return true;
    }

    private boolean carried(Known known, CharSequence value) throws WireException {
        return switch (known.role()) {
            case PLAIN, COOKIE -> true;
            case CONNECTION -> false;
            case TE ->
                    !section.isTrailers() && AsciiString.contentEqualsIgnoreCase(value, "trailers");
            case HOST -> host(value);
            case CONTENT_LENGTH -> {
                if (section.isTrailers()) {
                    yield false;
                }
                FieldRules.checkContentLength(value.toString(), section, contentLength);
                boolean first = !contentLengthSeen;
                contentLengthSeen = true;
                yield first;
            }
        };
    }

    private boolean host(CharSequence value) throws WireException {
        if (section != FieldSection.REQUEST) {
            return false;
        }
        if (hostSeen) {
            throw invalid("has two host fields");
        }
        RequestTarget.checkAuthority(value.toString().strip());
        hostSeen = true;
        return true;
    }

    private void value(CharSequence value) throws WireException {
        CharSequence trimmed = AsciiString.trim(value);
        number(trimmed.length());
        int at = length;
        copy(trimmed);
        if (!FieldRules.isValue(bytes, at, length - at)) {
            throw invalid("has a value with NUL, CR or LF");
        }
    }

    private String text(int from) {
        return new String(bytes, from, length - from, StandardCharsets.ISO_8859_1);
    }

    /** Names in {@code connection}, in lower case; empty in the common cases. */
    private static Set<String> nominated(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CONNECTION)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : value.split(",", 64)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        // Not given up, whatever a sender says: they tell where the message goes and ends.
        names.removeAll(List.of("keep-alive", "close", "host", "content-length"));
        return names;
    }

    private void number(int value) throws WireException {
        room(4);
        if (value < 64) {
            bytes[length++] = (byte) value;
        } else if (value < 1 << 14) {
            bytes[length++] = (byte) (value >>> 8 | 0x40);
            bytes[length++] = (byte) value;
        } else {
            bytes[length++] = (byte) (value >>> 24 | 0x80);
            bytes[length++] = (byte) (value >>> 16);
            bytes[length++] = (byte) (value >>> 8);
            bytes[length++] = (byte) value;
        }
    }

    private void copy(CharSequence text) throws WireException {
        int size = text.length();
        room(size);
        if (text instanceof AsciiString ascii) {
            System.arraycopy(ascii.array(), ascii.arrayOffset(), bytes, length, size);
        } else {
            byte[] latin = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            if (latin.length != size) {
                throw new WireException(Fault.MALFORMED, "field", "is not Latin-1 text");
            }
            System.arraycopy(latin, 0, bytes, length, size);
        }
        length += size;
    }

    private void room(int size) {
        if (bytes.length - length < size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + size));
        }
    }

    private WireException invalid(String what) {
        return new WireException(Fault.MALFORMED, section.title(), what);
    }
}
