package io.batchmesh.ui.canvas;

/**
 * What a service's proxies run, in a few characters on the card's edge: {@code rev 18}, {@code
 * 17|18}, {@code rejected}, {@code drift}.
 *
 * @param text the characters
 * @param tone their colour and that of the ring
 * @param ring whether the card gets a ring, as while a push goes on
 */
public record Stamp(String text, Tone tone, boolean ring) {}
