package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.policy.Ordered;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything in the picture, from back to front. Immutable.
 *
 * @param groups boxes behind everything
 * @param notes words beside it
 * @param links the lines
 * @param cards the services
 * @param badges the words on the lines
 * @param bounds around all; null when there is nothing
 */
public record Picture(
        List<GroupBox> groups,
        List<NoteBox> notes,
        Map<LinkId, LinkLine> links,
        Map<ServiceId, Card> cards,
        Map<LinkId, Badge> badges,
        @Nullable Box bounds) {
    /** Nothing at all. */
    public static final Picture EMPTY =
            new Picture(List.of(), List.of(), Map.of(), Map.of(), Map.of(), null);

    public Picture {
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
        links = Ordered.copy(links);
        cards = Ordered.copy(cards);
        badges = Ordered.copy(badges);
    }

    public @Nullable Card card(ServiceId service) {
        return cards.get(service);
    }

    public @Nullable LinkLine link(LinkId link) {
        return links.get(link);
    }

    public @Nullable Badge badge(LinkId link) {
        return badges.get(link);
    }

    /** Whether nothing is drawn. */
    public boolean isEmpty() {
        return cards.isEmpty() && notes.isEmpty();
    }

    /** Where a thing is drawn: a card, or the badge of a link; null where it is not. */
    @Nullable Box boxOf(Thing thing) {
        return switch (thing) {
            case Thing.OfService(var id) -> boxOf(card(id));
            case Thing.Port(var id) -> boxOf(card(id));
            case Thing.OfLink(var id) -> {
                var badge = badge(id);
                yield badge == null ? null : badge.box();
            }
            default -> null;
        };
    }

    private static @Nullable Box boxOf(@Nullable Card card) {
        return card == null ? null : card.box();
    }
}
