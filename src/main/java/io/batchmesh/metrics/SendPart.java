package io.batchmesh.metrics;

import java.util.Locale;
import java.util.Optional;

/** What {@link Stage#SEND} consists of, by the report of the peer. */
public enum SendPart {
    /** On the wire to the peer. */
    WIRE_OUT,
    /** In the peer, the service's own time excepted. */
    PEER,
    /** In the service that was called. */
    SERVICE,
    /** On the wire back. */
    WIRE_BACK;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code part} in the exposition: the name in lower case. */
    public String label() {
        return label;
    }

    /** The part with this {@link #label}, if there is one. */
    public static Optional<SendPart> of(String label) {
        return Labelled.find(values(), SendPart::label, label);
    }
}
