package io.batchmesh.cli;

/**
 * Ends a command with an exit code and one line for the user, which says what happened, to which
 * thing, and what can be done.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
