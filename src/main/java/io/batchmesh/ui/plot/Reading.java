package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Swatch;
import java.util.List;

/**
 * The values of a plot at one moment.
 *
 * @param time how long before now
 * @param rows from the top down
 */
record Reading(String time, List<Row> rows) {

    /** One value. */
    record Row(Swatch color, Key.Shape shape, String name, String value) {}
}
