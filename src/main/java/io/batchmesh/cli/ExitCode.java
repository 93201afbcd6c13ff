package io.batchmesh.cli;

/** The exit codes that scripts rely on. */
public final class ExitCode {
    public static final int DONE = 0;

    /** Input is invalid. */
    public static final int INVALID = 1;

    /** The command was used wrongly. */
    public static final int USAGE = 2;

    /** {@code plan} found differences. */
    public static final int DIFFERENT = 3;

    /** Somebody else changed the target in the meantime. */
    public static final int CONFLICT = 4;

    /** A push did not reach every proxy. */
    public static final int INCOMPLETE = 5;

    /** A target cannot be reached or read. */
    public static final int UNREACHABLE = 6;

    /** A fault of this program. */
    public static final int INTERNAL = 70;

    private ExitCode() {}
}
