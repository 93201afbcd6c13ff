package io.batchmesh.store;

import io.batchmesh.model.Topology;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Unsaved edits that a program left behind when it ended without saving. Nothing is overwritten by
 * having found them: show how they differ, and let a person choose.
 *
 * @param journal where they are kept until they are discarded
 * @param time when the last of them was kept
 * @param topology the edited topology
 * @param fileChanged whether the topology file was changed since the edits began
 */
public record Recovered(Path journal, Instant time, Topology topology, boolean fileChanged) {}
