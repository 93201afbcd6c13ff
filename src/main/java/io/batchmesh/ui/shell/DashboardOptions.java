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
 * @param readOnly whether nothing may be written or pushed
 */
public record DashboardOptions(
        Appearance.Choice theme, Path journals, Autosave.Timing timing, boolean readOnly) {
    /** One that may write and push. */
    public DashboardOptions(Appearance.Choice theme, Path journals, Autosave.Timing timing) {
        this(theme, journals, timing, false);
    }

    /** The same, which only looks. */
    public DashboardOptions onlyLooking() {
        return new DashboardOptions(theme, journals, timing, true);
    }
}
