package io.batchmesh.validate;

import java.util.Locale;

/** How much a finding matters; the worst first. */
public enum Severity {
    /** It cannot work. */
    ERROR,
    /** It works, and hardly as meant. */
    WARNING,
    /** Worth knowing. */
    INFO;

    /** The name in JSON and in messages: {@code error}, {@code warning}, {@code info}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
