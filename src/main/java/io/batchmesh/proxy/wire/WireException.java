package io.batchmesh.proxy.wire;

/**
 * Bytes that cannot be decoded, or a message that cannot be encoded: an expected failure, caused by
 * the other side or by a caller of the mesh.
 *
 * <p>It carries no stack trace, since hostile input must be cheap to refuse, and never quotes the
 * content of a message.
 */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of fault it is. */
    public enum Fault {
        /** The input ended inside something. */
        TRUNCATED,
        /** The input breaks the format. */
        MALFORMED,
        /** A length, count, size or compression ratio is over its limit. */
        TOO_LARGE,
        /** The message is sound but cannot be carried in a batch, such as CONNECT. */
        UNSUPPORTED
    }

    private final Fault fault;
    private final String where;
    private final String what;

    /**
     * A fault.
     *
     * @param fault its kind
     * @param where the place, such as {@code frame 3, item 17}; empty if there is none to name
     * @param what what is wrong, and what would be right
     */
    public WireException(Fault fault, String where, String what) {
        super(null, null, false, false);
        this.fault = fault;
        this.where = where;
        this.what = what;
    }

    /** The kind of fault. */
    public Fault fault() {
        return fault;
    }

    /** The place, empty if there is none to name. */
    public String where() {
        return where;
    }

    /** What is wrong there. */
    public String what() {
        return what;
    }

    /** Place and fault in one line. */
    @Override
    public String getMessage() {
        return where.isEmpty() ? what : where + ": " + what;
    }

    /** The same fault seen from further outside: the place is put in front of its own. */
    WireException within(String outer) {
        return new WireException(fault, where.isEmpty() ? outer : outer + ", " + where, what);
    }
}
