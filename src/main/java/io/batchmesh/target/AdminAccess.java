package io.batchmesh.target;

import io.batchmesh.certificate.CertificatePaths;
import org.jspecify.annotations.Nullable;

/**
 * How callers prove to the proxies of a target who they are, and whom they trust.
 *
 * @param token the bearer token that every proxy of the target gets, or null for none
 * @param files the certificate that is shown and the authority that proxies are checked against;
 *     where none is named, no certificate is shown, and those hold that Java trusts
 */
public record AdminAccess(@Nullable String token, CertificatePaths files) {
    /** Nothing is shown. */
    public static final AdminAccess NONE = new AdminAccess(null, CertificatePaths.NONE);

    /** By a token alone. */
    public static AdminAccess byToken(@Nullable String token) {
        return new AdminAccess(token, CertificatePaths.NONE);
    }

    /** The text without the token. */
    @Override
    public String toString() {
        return "AdminAccess[token=" + (token == null ? "none" : "set") + ", " + files + "]";
    }
}
