package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.ui.Selection;
import java.util.Map;

/**
 * All that a picture of a topology depends on.
 *
 * @param topology what is drawn, the edit
 * @param positions where services stand; those without a place are left out of the picture
 * @param observed what is seen
 * @param annotations what runs, and what is said about the drawn things
 * @param selection what is selected
 */
public record SceneInput(
        Topology topology,
        Map<ServiceId, Position> positions,
        Observed observed,
        Annotations annotations,
        Selection selection) {
    /** Places beyond this many drawing units from the origin are taken for it. */
    static final double FARTHEST = 1e6;

    /** A drawing with nothing seen, said or selected. */
    public static SceneInput of(Topology topology, Map<ServiceId, Position> positions) {
        return new SceneInput(topology, positions, Observed.NONE, Annotations.NONE, Selection.NONE);
    }
}
