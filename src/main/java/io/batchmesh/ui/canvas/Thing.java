package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;

/** Something on the canvas. */
public sealed interface Thing {
    /** A card. */
    record OfService(ServiceId id) implements Thing {}

    /** The handle of a card from which a new link is drawn. */
    record Port(ServiceId id) implements Thing {}

    /** A line or its badge. */
    record OfLink(LinkId id) implements Thing {}

    /** A note, by its number in the topology. */
    record OfNote(int index) implements Thing {}

    /** The name of a group or its edge. */
    record OfGroup(String name) implements Thing {}

    /** The empty ground. */
    record Ground() implements Thing {}
}
