package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.KnownNames.Known;
import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads field sections (RFC 9292, section 3.6) by way of an array of its own, which is kept per
 * thread: bytes are looked at several times, and an array is the fastest to look at.
 */
final class FieldReader {
    private static final int KEPT = 64 << 10;
    private static final FastThreadLocal<FieldReader> LOCAL =
            new FastThreadLocal<>() {
                @Override
                protected FieldReader initialValue() {
                    return new FieldReader();
                }
            };

    private byte[] bytes = new byte[2048];
    private int at;
    private int end;

    /** The limit that the loaded bytes were cut at, or 0 if they are all there is. */
    private int cutAt;

    private FieldSection section = FieldSection.REQUEST;
    private @Nullable HttpHeaders target;
    private @Nullable String host;
    private @Nullable String contentLength;
    private @Nullable String cookie;

    private FieldReader() {}

    /** The reader of this thread. */
    static FieldReader local() {
        return LOCAL.get();
    }

    /** The {@code host} of the section read last. */
    @Nullable String host() {
        return host;
    }

    /** The {@code content-length} of the section read last. */
    @Nullable String contentLength() {
        return contentLength;
    }

    /**
     * Reads a section and adds its fields to {@code to}, or only checks them if that is null.
     *
     * @param known whether the section begins with its length
     */
    void read(
            ByteBuf in,
            boolean known,
            WireLimits limits,
            FieldSection kind,
            @Nullable HttpHeaders to)
            throws WireException {
        section = kind;
        target = to;
        host = null;
        contentLength = null;
        cookie = null;
        try {
            if (known) {
                sized(in, limits);
            } else {
                open(in, limits);
            }
            if (cookie != null && to != null) {
                to.set(HttpHeaderNames.COOKIE, cookie);
            }
        } finally {
            target = null;
            if (bytes.length > KEPT) {
                bytes = new byte[2048];
            }
        }
    }

    private void sized(ByteBuf in, WireLimits limits) throws WireException {
        int messageEnd = in.writerIndex();
        long length = Varint.read(in, messageEnd, section.title());
        if (length > limits.maxFieldBytes()) {
            throw tooLong(limits.maxFieldBytes());
        }
        if (length > messageEnd - in.readerIndex()) {
            throw fault(Fault.TRUNCATED, "is cut off");
        }
        load(in, (int) length);
        cutAt = 0;
        in.skipBytes((int) length);
        for (int count = 0; at < end; count++) {
            checkCount(count, limits);
            field(number());
        }
    }

    private void open(ByteBuf in, WireLimits limits) throws WireException {
        int rest = in.readableBytes();
        load(in, Math.min(rest, limits.maxFieldBytes()));
        cutAt = end < rest ? end : 0;
        for (int count = 0; ; count++) {
            int name = number();
            if (name == 0) {
                in.skipBytes(at);
                return;
            }
            checkCount(count, limits);
            field(name);
        }
    }

    private void load(ByteBuf in, int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        in.getBytes(in.readerIndex(), bytes, 0, length);
        at = 0;
        end = length;
    }

    private void field(int nameLength) throws WireException {
        int nameAt = at;
        int hash = name(nameLength);
        Known known = KnownNames.find(bytes, nameAt, nameLength, hash);
        int length = number();
        require(length);
        if (!FieldRules.isValue(bytes, at, length)) {
            throw fault(
                    Fault.MALFORMED,
                    "has a value with NUL, CR, LF, or a blank at its beginning or end");
        }
        String value = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        at += length;
        if (known != null && !plain(known, value)) {
            return;
        }
        if (target != null) {
            target.add(
                    known != null
                            ? known.name()
                            : new String(bytes, nameAt, nameLength, StandardCharsets.ISO_8859_1),
                    value);
        }
    }

    /** Checks a name, puts it into lower case, and gives its hash. */
    private int name(int length) throws WireException {
        require(length);
        if (length == 0) {
            throw fault(Fault.MALFORMED, "has an empty field name");
        }
        int hash = 0;
        for (int stop = at + length; at < stop; at++) {
            byte lower = KnownNames.lower(bytes[at]);
            if (lower == 0) {
                throw fault(Fault.MALFORMED, "has a field name that is not a token");
            }
            bytes[at] = lower;
            hash = KnownNames.hash(hash, lower);
        }
        return hash;
    }

    /** Deals with a field that has a meaning here; true if it is added like any other. */
    private boolean plain(Known known, String value) throws WireException {
        return switch (known.role()) {
            case PLAIN -> true;
            case CONNECTION -> throw refused(known);
            case TE -> {
                if (section.isTrailers() || !value.equalsIgnoreCase("trailers")) {
                    throw refused(known);
                }
                yield true;
            }
            case HOST -> {
                if (section != FieldSection.REQUEST || host != null) {
                    throw refused(known);
                }
                RequestTarget.checkAuthority(value);
                host = value;
                yield true;
            }
            case CONTENT_LENGTH -> {
                if (section.isTrailers() || contentLength != null) {
                    throw refused(known);
                }
                contentLength = value;
                yield true;
            }
            case COOKIE -> {
                cookie = cookie == null ? value : cookie + "; " + value;
                yield false;
            }
        };
    }

    private int number() throws WireException {
        require(1);
        int first = bytes[at] & 0xff;
        int size = 1 << (first >>> 6);
        require(size);
        long value = first & 0x3f;
        for (int i = 1; i < size; i++) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        at += size;
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private void require(int size) throws WireException {
        if (size > end - at) {
            if (cutAt > 0) {
                throw tooLong(cutAt);
            }
            throw fault(Fault.TRUNCATED, "ends inside a field line");
        }
    }

    private void checkCount(int count, WireLimits limits) throws WireException {
        if (count == limits.maxFields()) {
            throw fault(Fault.TOO_LARGE, "has more than %d fields".formatted(limits.maxFields()));
        }
    }

    private WireException refused(Known known) {
        return fault(Fault.MALFORMED, "must not have this field '" + known.name() + "'");
    }

    private WireException tooLong(int limit) {
        return fault(Fault.TOO_LARGE, "is over the limit of %d bytes".formatted(limit));
    }

    private WireException fault(Fault fault, String what) {
        return new WireException(fault, section.title(), what);
    }
}
