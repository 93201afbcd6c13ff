package io.batchmesh.proxy.http;

/**
 * Why a call to an upstream came to nothing.
 *
 * @param kind the class of causes
 * @param detail what happened, for people
 * @param reused whether an idle connection was used, which may have been dying already
 */
public record CallFailure(Kind kind, String detail, boolean reused) {
    /** Classes of causes. */
    public enum Kind {
        /** No connection could be opened: nothing was sent. */
        CONNECT,
        /** The peer said that it did not touch the request: it may go elsewhere, whatever it is. */
        UNTOUCHED,
        /** No connection was free and too many calls wait already: nothing was sent. */
        OVERFLOW,
        /** The connection broke. */
        RESET,
        /** What came back is not HTTP. */
        PROTOCOL
    }

    /** What an exception says, or is where it says nothing. */
    public static String why(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Whether it is certain that no byte of the request left. */
    public boolean nothingSent() {
        return kind == Kind.CONNECT || kind == Kind.OVERFLOW || kind == Kind.UNTOUCHED;
    }
}
