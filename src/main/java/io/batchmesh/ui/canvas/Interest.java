package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which links have to do with what is selected, pointed at, or has the keyboard. */
final class Interest {
    private final Set<ServiceId> services = new HashSet<>();
    private final Set<LinkId> links = new HashSet<>();

    Interest(Picture picture, Emphasis emphasis) {
        for (var card : picture.cards().values()) {
            if (card.marks().selected()) {
                services.add(card.id());
            }
        }
        for (var link : picture.links().values()) {
            if (link.selected()) {
                links.add(link.id());
            }
        }
        add(emphasis.hover());
        add(emphasis.focus());
    }

    private void add(@Nullable Thing thing) {
        switch (thing) {
            case Thing.OfService(var id) -> services.add(id);
            case Thing.Port(var id) -> services.add(id);
            case Thing.OfLink(var id) -> links.add(id);
            case null, default -> {}
        }
    }

    boolean any() {
        return !services.isEmpty() || !links.isEmpty();
    }

    boolean in(LinkLine link) {
        return links.contains(link.id())
                || services.contains(link.id().from())
                || services.contains(link.id().to());
    }
}
