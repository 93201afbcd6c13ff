package io.batchmesh.admin.tap;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of header fields and query parameters whose values are credentials, or may be. A tap
 * neither shows such a value nor compares with it, whoever asks: a comparison would let somebody
 * guess.
 */
public final class SecretNames {
    private static final Set<String> WHOLE =
            Set.of(
                    "authorization",
                    "cookie",
                    "dpop",
                    "sid",
                    "sig",
                    "pwd",
                    "pass",
                    "code",
                    "state",
                    "nonce",
                    "otp",
                    "pin",
                    "x-forwarded-client-cert");

    private static final List<String> PARTS =
            List.of(
                    "auth",
                    "token",
                    "secret",
                    "passw",
                    "credential",
                    "cookie",
                    "session",
                    "signature",
                    "assertion",
                    "jwt",
                    "saml",
                    "csrf",
                    "xsrf",
                    "key",
                    "client-cert",
                    "ssn",
                    "card");

    private SecretNames() {}

    /** Whether what has this name may be a credential; letters of either case. */
    public static boolean includes(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return WHOLE.contains(lower) || PARTS.stream().anyMatch(lower::contains);
    }
}
