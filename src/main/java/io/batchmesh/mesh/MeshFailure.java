package io.batchmesh.mesh;

/** A local mesh could not be started; the message is one line for the user. */
public final class MeshFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public MeshFailure(String message) {
        super(message);
    }

    public MeshFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
