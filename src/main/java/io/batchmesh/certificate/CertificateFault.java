package io.batchmesh.certificate;

import io.batchmesh.json.Fault;

/** Certificates that cannot be used, and why. */
public final class CertificateFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String mend;

    /**
     * A fault of one field.
     *
     * @param field such as {@code key}
     */
    public CertificateFault(String field, String message, String mend) {
        super(message);
        this.field = field;
        this.mend = mend;
    }

    /** The field. */
    public String field() {
        return field;
    }

    /** In one line, for whoever named the file. */
    public String describe() {
        return getMessage() + "; " + mend;
    }

    /**
     * As it is told to whoever brought a config.
     *
     * @param place where the field stands, as a JSON pointer that ends in a slash
     */
    public Fault fault(String place) {
        return new Fault(place + field, 0, 0, String.valueOf(getMessage()), mend);
    }
}
