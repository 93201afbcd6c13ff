package io.batchmesh.ui.canvas;

/**
 * A line of words.
 *
 * @param text what it says
 * @param tone its colour
 * @param strong whether it is bold
 */
public record Words(String text, Tone tone, boolean strong) {
    static Words strong(String text, Tone tone) {
        return new Words(text, tone, true);
    }

    static Words plain(String text, Tone tone) {
        return new Words(text, tone, false);
    }
}
