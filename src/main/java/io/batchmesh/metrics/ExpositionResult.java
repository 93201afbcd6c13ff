package io.batchmesh.metrics;

/** What reading an exposition comes to. */
public sealed interface ExpositionResult permits Exposition, Malformed {}
