package io.batchmesh.proxy.wire;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who calls: the SHA-256 hash of the credential fields of a request. Callers with different
 * credentials never share a compression context, since it leaks through size (CRIME, BREACH).
 *
 * <p>Its text does not show the hash: that of a weak password can be guessed.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record CallerIdentity(long a, long b, long c, long d) {
    /** The caller without credentials. */
    public static final CallerIdentity ANONYMOUS = new CallerIdentity(0, 0, 0, 0);

    /** The fields that are taken for credentials, in lower case. */
    public static final List<AsciiString> CREDENTIAL_FIELDS =
            Stream.of(
                            "authorization",
                            "cookie",
                            "proxy-authorization",
                            "x-api-key",
                            "x-auth-token",
                            "x-access-token",
                            "x-amz-security-token",
                            "x-csrf-token",
                            "x-forwarded-access-token",
                            "x-forwarded-client-cert",
                            "dpop")
                    .map(AsciiString::cached)
                    .toList();

    private static final FastThreadLocal<MessageDigest> SHA_256 =
            new FastThreadLocal<>() {
                @Override
                protected MessageDigest initialValue() {
                    try {
                        return MessageDigest.getInstance("SHA-256");
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException("every Java has SHA-256", e);
                    }
                }
            };

    /** The identity by {@link #CREDENTIAL_FIELDS}; {@link #ANONYMOUS} if there are none. */
    public static CallerIdentity of(HttpHeaders headers) {
        return of(headers, List.of());
    }

    /** The identity by {@link #CREDENTIAL_FIELDS} and by further fields, in a fixed order. */
    public static CallerIdentity of(HttpHeaders headers, List<AsciiString> further) {
        MessageDigest digest = SHA_256.get();
        boolean any = update(digest, headers, CREDENTIAL_FIELDS);
        any |= update(digest, headers, further);
        if (!any) {
            return ANONYMOUS;
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new CallerIdentity(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    private static boolean update(
            MessageDigest digest, HttpHeaders headers, List<AsciiString> names) {
        boolean any = false;
        for (AsciiString name : names) {
            if (!headers.contains(name)) {
                continue;
            }
            any = true;
            for (String value : headers.getAll(name)) {
                digest.update((name + ":" + value.length() + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(value.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return any;
    }

    @Override
    public String toString() {
        return equals(ANONYMOUS) ? "CallerIdentity[anonymous]" : "CallerIdentity[credentials]";
    }
}
