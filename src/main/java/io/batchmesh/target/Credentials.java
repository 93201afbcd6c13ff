package io.batchmesh.target;

import java.nio.file.Path;

/**
 * By what one is known to a server. Secrets stay in files: they are read anew for every request, so
 * that whoever renews them need not tell anybody, and they are in no record, log or error.
 */
public sealed interface Credentials {
    /** Nothing is sent. */
    Credentials NONE = new None();

    /** Nothing is sent. */
    record None() implements Credentials {}

    /** {@code Authorization: Bearer}, RFC 6750. */
    record Bearer(Path tokenFile) implements Credentials {}

    /** {@code Authorization: Basic}, RFC 7617. */
    record Basic(String user, Path passwordFile) implements Credentials {}
}
