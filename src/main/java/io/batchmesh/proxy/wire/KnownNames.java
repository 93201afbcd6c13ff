package io.batchmesh.proxy.wire;

import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Common field names, found by their bytes without making a string: a fixed open-addressing table.
 * Also knows which bytes a field name may have (RFC 9110, section 5.6.2: token) and how they look
 * in lower case.
 */
final class KnownNames {
    /** What a name means to the codec. */
    enum Role {
        PLAIN,
        /** Must not be carried (RFC 9110, section 7.6.1). */
        CONNECTION,
        /** {@code te}: only {@code trailers} may be carried (RFC 9113, section 8.2.2). */
        TE,
        HOST,
        CONTENT_LENGTH,
        COOKIE
    }

    /** A name in lower case. */
    record Known(String name, Role role, boolean credential) {
        private Known(String name, Role role) {
            this(name, role, CallerIdentity.CREDENTIAL_FIELDS.contains(AsciiString.of(name)));
        }
    }

    private static final int SIZE = 512;
    private static final Known[] TABLE = new Known[SIZE];
    private static final byte[] LOWER = new byte[256];

    static {
        String marks = "!#$%&'*+-.^_`|~";
        for (int c = 0; c < 128; c++) {
            if (Character.isLetterOrDigit(c) || marks.indexOf(c) >= 0) {
                LOWER[c] = (byte) Character.toLowerCase(c);
            }
        }
        add(Role.CONNECTION, "connection keep-alive proxy-connection transfer-encoding upgrade");
        add(Role.CONNECTION, "http2-settings");
        add(Role.TE, "te");
        add(Role.HOST, "host");
        add(Role.CONTENT_LENGTH, "content-length");
        add(Role.COOKIE, "cookie");
        add(Role.PLAIN, "x-auth-token x-access-token x-amz-security-token x-csrf-token dpop");
        add(Role.PLAIN, "x-forwarded-access-token");
        add(Role.PLAIN, "accept accept-charset accept-encoding accept-language accept-ranges");
        add(Role.PLAIN, "access-control-allow-credentials access-control-allow-headers");
        add(Role.PLAIN, "access-control-allow-methods access-control-allow-origin age allow");
        add(Role.PLAIN, "authorization baggage cache-control content-disposition");
        add(Role.PLAIN, "content-encoding content-language content-location content-range");
        add(Role.PLAIN, "content-security-policy content-type date end-user etag expect expires");
        add(Role.PLAIN, "forwarded from grpc-status grpc-message grpc-timeout grpc-encoding");
        add(Role.PLAIN, "idempotency-key if-match if-modified-since if-none-match if-range");
        add(Role.PLAIN, "if-unmodified-since last-modified link location max-forwards origin");
        add(Role.PLAIN, "pragma prefer priority proxy-authenticate proxy-authorization range");
        add(Role.PLAIN, "referer retry-after server server-timing set-cookie");
        add(Role.PLAIN, "strict-transport-security traceparent tracestate trailer user-agent vary");
        add(Role.PLAIN, "via warning www-authenticate x-api-key x-b3-parentspanid x-b3-sampled");
        add(Role.PLAIN, "x-b3-spanid x-b3-traceid x-content-type-options x-envoy-attempt-count");
        add(Role.PLAIN, "x-envoy-expected-rq-timeout-ms x-envoy-upstream-service-time");
        add(Role.PLAIN, "x-forwarded-client-cert x-forwarded-for x-forwarded-host");
        add(Role.PLAIN, "x-forwarded-proto x-frame-options x-real-ip x-request-id");
        add(Role.PLAIN, "x-requested-with batchmesh-push batchmesh-revision");
    }

    private KnownNames() {}

    /** The byte in lower case if a field name may have it, else 0. */
    static byte lower(byte b) {
        return LOWER[b & 0xff];
    }

    /** Continues a hash over lower-case bytes, begun with 0. */
    static int hash(int hash, byte lower) {
        return hash * 31 + lower;
    }

    /** The known name with these bytes, which are in lower case and have this hash. */
    static @Nullable Known find(byte[] bytes, int from, int length, int hash) {
        for (int i = slot(hash); TABLE[i] != null; i = (i + 1) & (SIZE - 1)) {
            if (equal(TABLE[i].name(), bytes, from, length)) {
                return TABLE[i];
            }
        }
        return null;
    }

    private static boolean equal(String name, byte[] bytes, int from, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static void add(Role role, String names) {
        for (String name : List.of(names.split(" "))) {
            int hash = 0;
            for (int i = 0; i < name.length(); i++) {
                hash = hash(hash, (byte) name.charAt(i));
            }
            int slot = slot(hash);
            while (TABLE[slot] != null) {
                slot = (slot + 1) & (SIZE - 1);
            }
            TABLE[slot] = new Known(name, role);
        }
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 9) & (SIZE - 1);
    }
}
