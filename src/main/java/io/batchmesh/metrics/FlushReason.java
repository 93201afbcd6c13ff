package io.batchmesh.metrics;

import java.util.Locale;
import java.util.Optional;

/** Why a batch was cut and sent. */
public enum FlushReason {
    /** The transport was free: the socket had accepted the last frame. */
    IDLE,
    /** The batch had its greatest number of items. */
    SIZE,
    /** The batch had its greatest number of bytes. */
    BYTES,
    /** The window was over. */
    LINGER,
    /** An item's deadline left no time to wait. */
    DEADLINE,
    /** The proxy was draining or its configuration was replaced. */
    DRAIN;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code reason} in the exposition: the name in lower case. */
    public String label() {
        return label;
    }

    /** The reason with this {@link #label}, if there is one. */
    public static Optional<FlushReason> of(String label) {
        return Labelled.find(values(), FlushReason::label, label);
    }
}
