package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the keyboard goes from a thing: along links, and from card to card. */
final class FocusWalk {
    /** The four arrow keys. */
    enum Direction {
        LEFT,
        RIGHT,
        UP,
        DOWN
    }

    private final Picture picture;

    FocusWalk(Picture picture) {
        this.picture = picture;
    }

    /** The next thing in that direction; the thing itself where there is none. */
    Thing step(Thing from, Direction direction) {
        return switch (from) {
            case Thing.OfService(var id) -> fromService(id, direction);
            case Thing.Port(var id) -> fromService(id, direction);
            case Thing.OfLink(var id) -> fromLink(id, direction);
            default -> first(from);
        };
    }

    /** The next service from the upper left, row by row in each layer; null after the last. */
    @Nullable Thing next(@Nullable Thing from, boolean back) {
        var order = order();
        if (back) {
            order = order.reversed();
        }
        var at = from instanceof Thing.OfService(var id) ? order.indexOf(id) : -1;
        if (from instanceof Thing.OfLink(var id)) {
            at = order.indexOf(back ? id.to() : id.from());
        }
        return at + 1 < order.size() ? new Thing.OfService(order.get(at + 1)) : null;
    }

    private Thing first(Thing otherwise) {
        var next = next(null, false);
        return next == null ? otherwise : next;
    }

    private List<ServiceId> order() {
        return picture.cards().values().stream()
                .sorted(
                        Comparator.<Card>comparingDouble(card -> card.box().x())
                                .thenComparingDouble(card -> card.box().y())
                                .thenComparing(Card::id))
                .map(Card::id)
                .toList();
    }

    private Thing fromService(ServiceId id, Direction direction) {
        var card = picture.card(id);
        if (card == null) {
            return first(new Thing.OfService(id));
        }
        return switch (direction) {
            case RIGHT -> firstLink(l -> l.from().equals(id), LinkId::to, card, true);
            case LEFT -> firstLink(l -> l.to().equals(id), LinkId::from, card, false);
            case UP -> nearest(card, box -> card.box().centerY() - box.centerY(), true);
            case DOWN -> nearest(card, box -> box.centerY() - card.box().centerY(), true);
        };
    }

    private Thing fromLink(LinkId id, Direction direction) {
        return switch (direction) {
            case RIGHT -> new Thing.OfService(id.to());
            case LEFT -> new Thing.OfService(id.from());
            case UP -> sibling(id, -1);
            case DOWN -> sibling(id, 1);
        };
    }

    /** The links that leave the same card, then those that reach the same card. */
    private Thing sibling(LinkId id, int step) {
        var siblings = links(l -> l.from().equals(id.from()), LinkId::to);
        if (siblings.size() < 2) {
            siblings = links(l -> l.to().equals(id.to()), LinkId::from);
        }
        var at = siblings.indexOf(id) + step;
        return new Thing.OfLink(at < 0 || at >= siblings.size() ? id : siblings.get(at));
    }

    private Thing firstLink(
            Predicate<LinkId> which, Function<LinkId, ServiceId> there, Card card, boolean right) {
        var links = links(which, there);
        if (!links.isEmpty()) {
            return new Thing.OfLink(links.get((links.size() - 1) / 2));
        }
        var sign = right ? 1 : -1;
        return nearest(card, box -> sign * (box.centerX() - card.box().centerX()), false);
    }

    /** From above to below by their other ends. */
    private List<LinkId> links(Predicate<LinkId> which, Function<LinkId, ServiceId> there) {
        var found = new ArrayList<>(picture.links().keySet().stream().filter(which).toList());
        found.sort(
                Comparator.<LinkId>comparingDouble(link -> top(there.apply(link)))
                        .thenComparing(Comparator.naturalOrder()));
        return found;
    }

    private double top(ServiceId service) {
        var card = picture.card(service);
        return card == null ? 0 : card.box().y();
    }

    /** The nearest card that is ahead; what is aside counts for more than what is far. */
    private Thing nearest(Card from, Function<Box, Double> ahead, boolean vertical) {
        var best = from.id();
        var least = Double.MAX_VALUE;
        for (var card : picture.cards().values()) {
            var way = ahead.apply(card.box());
            if (way > 1) {
                var aside =
                        vertical
                                ? card.box().centerX() - from.box().centerX()
                                : card.box().centerY() - from.box().centerY();
                var cost = way + 2.5 * Math.abs(aside);
                if (cost < least) {
                    least = cost;
                    best = card.id();
                }
            }
        }
        return new Thing.OfService(best);
    }
}
