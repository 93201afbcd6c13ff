package io.batchmesh.metrics;

import java.time.Instant;

/**
 * Something that happened at a moment and belongs on the plots, such as a push.
 *
 * @param at the moment
 * @param label a word or two
 */
public record Mark(Instant at, String label) {}
