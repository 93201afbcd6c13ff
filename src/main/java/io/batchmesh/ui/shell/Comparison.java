package io.batchmesh.ui.shell;

import io.batchmesh.ui.plot.TimeWindow;
import java.time.Duration;

/**
 * Another period that is compared with the one that is shown.
 *
 * @param earlier by how much it was earlier
 * @param label a few words for it
 */
record Comparison(Duration earlier, String label) {
    /** The other period. */
    TimeWindow of(TimeWindow shown) {
        return new TimeWindow(shown.nowMillis() - earlier.toMillis(), shown.length(), false);
    }
}
