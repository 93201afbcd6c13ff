package io.batchmesh.model;

import io.batchmesh.json.Choice;

/** How calls to a service are secured. */
public record Tls(Mode mode) {
    /** The modes. */
    public enum Mode {
        OFF("off"),
        /** Encrypted; only the service shows a certificate. */
        SIMPLE("simple"),
        /** Encrypted; both sides show a certificate. */
        MUTUAL("mutual");

        /** The constants by the names they have in files. */
        public static final Choice<Mode> CHOICE = Choice.of(Mode.class, Mode::label);

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
