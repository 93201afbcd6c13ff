package io.batchmesh.metrics;

import java.util.Locale;
import java.util.Optional;

/** What a proxy spends processor time on: {@code P_mesh = P_proxy + P_monitor + P_manage}. */
public enum Activity {
    /** Carrying requests. */
    PROXY,
    /** Being watched: counting and answering scrapes. */
    MONITOR,
    /** Being changed: reading, checking and swapping configurations. */
    MANAGE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code activity} in the exposition: the name in lower case. */
    public String label() {
        return label;
    }

    /** The activity with this {@link #label}, if there is one. */
    public static Optional<Activity> of(String label) {
        return Labelled.find(values(), Activity::label, label);
    }
}
