package io.batchmesh.metrics;

/** Unwinds the parser to where a {@link Malformed} is made of it; never leaves the package. */
final class BadLine extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    BadLine(int position, String message) {
        super(message, null, false, false);
        this.position = position;
    }

    /** Counts lines only now, so that nothing counts them while all goes well. */
    Malformed in(byte[] text) {
        var at = Math.min(position, text.length);
        var line = 1;
        var start = 0;
        for (var i = 0; i < at; i++) {
            if (text[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        var message = getMessage();
        return new Malformed(line, at - start + 1, message == null ? "malformed" : message);
    }
}
