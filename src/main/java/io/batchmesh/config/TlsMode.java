package io.batchmesh.config;

import io.batchmesh.json.Choice;

/** How a connection is secured. */
public enum TlsMode {
    /** Clear text. */
    OFF("off"),
    /** Encrypted; only the called side shows a certificate. */
    SIMPLE("simple"),
    /** Encrypted; both sides show a certificate. */
    MUTUAL("mutual");

    /** The constants by the names they have in files. */
    public static final Choice<TlsMode> CHOICE = Choice.of(TlsMode.class, TlsMode::label);

    private final String label;

    TlsMode(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether anything is encrypted at all. */
    public boolean on() {
        return this != OFF;
    }
}
