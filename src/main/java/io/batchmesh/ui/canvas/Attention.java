package io.batchmesh.ui.canvas;

/**
 * Something that somebody should look at.
 *
 * @param tone {@link Tone#WARN} or {@link Tone#ERROR}
 * @param words a few: {@code adds 1.9 ms}
 */
public record Attention(Tone tone, String words) {}
