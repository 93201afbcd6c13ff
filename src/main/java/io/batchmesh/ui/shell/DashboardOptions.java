package io.batchmesh.ui.shell;

import io.batchmesh.store.Autosave;
import io.batchmesh.ui.theme.Appearance;
import java.nio.file.Path;

/**
 * How a dashboard is set up.
 *
 * @param theme light, dark, or as the system says
 * @param journals where edits are kept that are not saved
 * @param timing when and where they are written
 */
public record DashboardOptions(Appearance.Choice theme, Path journals, Autosave.Timing timing) {}
