package io.batchmesh.metrics;

import java.util.Locale;
import java.util.Optional;

/**
 * The five stages of a batched request, in the order in which an item passes them on the page:
 * {@code T_batch = T_collect + T_combine + T_cache + T_compress + T_send}.
 */
public enum Stage {
    /** Waiting in the open batch until its frame is cut. */
    COLLECT,
    /** Putting the items of one frame together. */
    COMBINE,
    /** Looking the request up in the cache, at arrival. */
    CACHE,
    /** Compressing the frame. */
    COMPRESS,
    /** From the first byte of the frame to the last byte of the item's own reply. */
    SEND;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code stage} in the exposition: the name in lower case. */
    public String label() {
        return label;
    }

    /** The stage with this {@link #label}, if there is one. */
    public static Optional<Stage> of(String label) {
        return Labelled.find(values(), Stage::label, label);
    }
}
