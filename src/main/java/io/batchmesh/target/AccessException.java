package io.batchmesh.target;

/** The files that an {@link Access} names cannot be used; the message says which and why. */
public final class AccessException extends Exception {
    private static final long serialVersionUID = 1;

    AccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
