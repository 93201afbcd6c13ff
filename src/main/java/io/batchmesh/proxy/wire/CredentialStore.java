package io.batchmesh.proxy.wire;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.util.AsciiString;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;

/** The credentials that a peer has sent to be kept, the receiving end. */
final class CredentialStore {
    private static final DefaultHttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private final WireLimits limits;
    private final IntObjectMap<KeptCredentials> slots = new IntObjectHashMap<>();
    private long bytes;

    CredentialStore(WireLimits limits) {
        this.limits = limits;
    }

    /** Keeps what is between the reader index and {@code end}. */
    void keep(long slot, ByteBuf in, int end) throws WireException {
        int size = end - in.readerIndex();
        if (slot >= WireProtocol.MAX_KEPT || size > WireProtocol.MAX_KEPT_SIZE) {
            throw new WireException(Fault.TOO_LARGE, "", "too many credentials to keep");
        }
        var fields = HEADERS.newHeaders();
        var section = in.readSlice(size);
        FieldReader.local().read(section, true, limits, FieldSection.TRAILERS, fields);
        if (section.isReadable() || fields.isEmpty()) {
            throw new WireException(Fault.MALFORMED, "", "no section of credentials");
        }
        for (var name : fields.names()) {
            if (!isCredential(name)) {
                throw new WireException(Fault.MALFORMED, "", "keeps a field that is no credential");
            }
        }
        var kept = new KeptCredentials(fields, CallerIdentity.of(fields), size);
        var before = slots.put((int) slot, kept);
        bytes += size - (before == null ? 0 : before.bytes());
        if (bytes > WireProtocol.MAX_KEPT_BYTES) {
            throw new WireException(Fault.TOO_LARGE, "", "too many bytes of credentials to keep");
        }
    }

    private static boolean isCredential(String name) {
        for (AsciiString known : CallerIdentity.CREDENTIAL_FIELDS) {
            if (known.contentEquals(name)) {
                return true;
            }
        }
        return false;
    }

    /** What a slot has. */
    KeptCredentials get(long slot) throws WireException {
        var kept = slot < WireProtocol.MAX_KEPT ? slots.get((int) slot) : null;
        if (kept == null) {
            throw new WireException(Fault.MALFORMED, "", "slot " + slot + " keeps nothing");
        }
        return kept;
    }
}
