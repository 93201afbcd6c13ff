package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** At which height links leave and reach the cards: spread, in the order of their other ends. */
final class Ports {
    /** Between two links at one side of a card, where there is room. */
    static final double SPREAD = 12;

    private static final double MARGIN = 14;

    private final Map<ServiceId, Box> cards;
    private final Map<LinkId, Double> starts = new HashMap<>();
    private final Map<LinkId, Double> ends = new HashMap<>();

    /** The links' both ends are among the cards. */
    Ports(Map<ServiceId, Box> cards, Collection<LinkId> links) {
        this.cards = cards;
        spread(links, LinkId::from, LinkId::to, starts);
        spread(links, LinkId::to, LinkId::from, ends);
    }

    double start(LinkId link) {
        return Objects.requireNonNull(starts.get(link));
    }

    double end(LinkId link) {
        return Objects.requireNonNull(ends.get(link));
    }

    private void spread(
            Collection<LinkId> links,
            Function<LinkId, ServiceId> here,
            Function<LinkId, ServiceId> there,
            Map<LinkId, Double> heights) {
        var byCard = new HashMap<ServiceId, List<LinkId>>();
        for (var link : links) {
            byCard.computeIfAbsent(here.apply(link), k -> new ArrayList<>()).add(link);
        }
        var order =
                Comparator.<LinkId>comparingDouble(link -> box(there.apply(link)).y())
                        .thenComparing(Comparator.naturalOrder());
        byCard.forEach((card, own) -> {
            own.sort(order);
            for (var i = 0; i < own.size(); i++) {
                heights.put(own.get(i), height(box(card), i, own.size()));
            }
        });
    }

    private static double height(Box card, int i, int count) {
        var anchor = card.y() + CardSizes.HEAD / 2;
        if (count == 1) {
            return anchor;
        }
        var step = Math.min(SPREAD, (card.height() - 2 * MARGIN) / (count - 1));
        var first = Math.max(card.y() + MARGIN, anchor - step * (count - 1) / 2);
        return first + i * step;
    }

    private Box box(ServiceId service) {
        return Objects.requireNonNull(cards.get(service));
    }
}
