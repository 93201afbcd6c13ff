package io.batchmesh.ui;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the drawing stands to its file.
 *
 * @param file the file
 * @param savedAt when it was saved last in this session, or null for not yet
 * @param problem why it cannot be saved, or empty
 */
public record Saving(Path file, @Nullable Instant savedAt, String problem) {}
