package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Selection;
import java.util.Map;
import javafx.geometry.Point2D;

/** What the canvas asks its owner to do. It changes no topology itself. FX thread. */
public interface CanvasActions {
    /** Nothing happens. */
    CanvasActions NONE = new CanvasActions() {};

    /** Services were moved by hand, now pinned: one edit for the whole movement. */
    default void onMoved(Map<ServiceId, Position> positions) {}

    /** Everything was arranged anew, as asked for: one edit. */
    default void onTidied(Map<ServiceId, Position> positions) {}

    /**
     * Services that had no place got one. No edit: the owner may keep it so that they stand there
     * again the next time.
     */
    default void onPlaced(Map<ServiceId, Position> positions) {}

    /** A link was drawn from the handle of a card to another card. */
    default void onLinkDrawn(ServiceId from, ServiceId to) {}

    /** Something was double-clicked, or the enter key was hit on it. */
    default void onOpen(Thing thing) {}

    /** The delete key was hit while something was selected. */
    default void onDelete(Selection selection) {}

    /**
     * A menu was asked for.
     *
     * @param thing what is there, {@link Thing.Ground} for the canvas itself
     * @param screen where the menu belongs
     * @param drawing the same place in drawing units
     */
    default void onContextMenu(Thing thing, Point2D screen, Point2D drawing) {}
}
