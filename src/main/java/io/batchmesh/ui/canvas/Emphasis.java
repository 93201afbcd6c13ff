package io.batchmesh.ui.canvas;

import org.jspecify.annotations.Nullable;

/**
 * What the pointer and the keyboard are at.
 *
 * @param hover under the pointer, or null
 * @param focus where the keyboard is, or null
 */
record Emphasis(@Nullable Thing hover, @Nullable Thing focus) {
    static final Emphasis NONE = new Emphasis(null, null);
}
