package io.batchmesh.proxy.tls;

import io.batchmesh.json.Fault;

/** Certificates that cannot be used, and why. */
final class TlsFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String mend;

    /**
     * A fault of one field.
     *
     * @param field of the config's {@code tls}
     */
    TlsFault(String field, String message, String mend) {
        super(message);
        this.field = field;
        this.mend = mend;
    }

    /** As it is told to whoever brought the config. */
    Fault fault() {
        return fault("/tls/");
    }

    /** The same for a field that stands elsewhere. */
    Fault fault(String place) {
        return new Fault(place + field, 0, 0, String.valueOf(getMessage()), mend);
    }
}
