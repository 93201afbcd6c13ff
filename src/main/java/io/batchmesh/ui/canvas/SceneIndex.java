package io.batchmesh.ui.canvas;

import io.batchmesh.model.ServiceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is at a place of a picture. Made once for a picture, from its geometry alone. */
public final class SceneIndex {
    private static final double NEAR_LINK = 6;
    private static final double NEAR_EDGE = 5;
    private static final double GROUP_HEAD = 24;

    private final Picture picture;
    private final List<Card> cards;
    private final List<Badge> badges;
    private final List<LinkLine> links;
    private final SpatialGrid cardGrid = new SpatialGrid();
    private final SpatialGrid badgeGrid = new SpatialGrid();
    private @Nullable LinkPieces pieces;

    public SceneIndex(Picture picture) {
        this.picture = picture;
        cards = List.copyOf(picture.cards().values());
        badges = List.copyOf(picture.badges().values());
        links = List.copyOf(picture.links().values());
        for (var i = 0; i < cards.size(); i++) {
            cardGrid.add(i, cards.get(i).box());
        }
        for (var i = 0; i < badges.size(); i++) {
            badgeGrid.add(i, badges.get(i).box());
        }
    }

    /** Whether the places of this picture's things are those of that one. */
    boolean fits(Picture other) {
        return picture.cards().keySet().equals(other.cards().keySet())
                && sameBoxes(other)
                && sameCurves(other);
    }

    private boolean sameBoxes(Picture other) {
        for (var card : other.cards().values()) {
            var own = picture.card(card.id());
            if (own == null || !own.box().equals(card.box())) {
                return false;
            }
        }
        return picture.notes().equals(other.notes()) && picture.groups().equals(other.groups());
    }

    private boolean sameCurves(Picture other) {
        if (picture.links().size() != other.links().size()) {
            return false;
        }
        for (var link : other.links().values()) {
            var own = picture.link(link.id());
            var badge = picture.badge(link.id());
            var otherBadge = other.badge(link.id());
            if (own == null
                    || badge == null
                    || otherBadge == null
                    || own.curve() != link.curve()
                    || !badge.box().equals(otherBadge.box())) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is at a place; the ground where nothing is.
     *
     * @param x in drawing units
     * @param y in drawing units
     * @param scale pixels for each of them, since what is thin is caught some pixels beside it
     */
    public Thing at(double x, double y, double scale) {
        var detail = Detail.of(scale, 0);
        var port = detail.atLeast(Detail.SHORT) ? portAt(x, y, scale) : null;
        if (port != null) {
            return new Thing.Port(port);
        }
        var found = detail.atLeast(Detail.SHORT) ? badgeAt(x, y) : null;
        found = found == null ? cardAt(x, y) : found;
        found = found == null ? linkAt(x, y, scale) : found;
        found = found == null ? noteAt(x, y) : found;
        found = found == null ? groupAt(x, y, scale) : found;
        return found == null ? new Thing.Ground() : found;
    }

    /** The services whose cards are wholly in a box, and no others. */
    public Set<ServiceId> within(Box box) {
        var found = new LinkedHashSet<ServiceId>();
        for (var card : cards) {
            if (box.contains(card.box())) {
                found.add(card.id());
            }
        }
        return found;
    }

    private @Nullable ServiceId portAt(double x, double y, double scale) {
        var reach = (CardPainter.PORT_RADIUS + 2) / scale;
        var found = new ArrayList<ServiceId>();
        cardGrid.any(
                Box.around(x, y, 2 * reach, 2 * reach),
                n -> {
                    var card = cards.get(n);
                    if (Math.hypot(card.portX() - x, card.portY() - y) <= reach) {
                        found.add(card.id());
                    }
                    return !found.isEmpty();
                });
        return found.isEmpty() ? null : found.getFirst();
    }

    private @Nullable Thing badgeAt(double x, double y) {
        var found = new ArrayList<Thing>();
        badgeGrid.any(
                new Box(x, y, 0, 0),
                n -> {
                    if (badges.get(n).box().contains(x, y)) {
                        found.add(new Thing.OfLink(badges.get(n).link()));
                    }
                    return false;
                });
        return found.isEmpty() ? null : found.getLast();
    }

    /** The uppermost of cards that lie on each other. */
    private @Nullable Thing cardAt(double x, double y) {
        var best = new int[] {-1};
        cardGrid.any(
                new Box(x, y, 0, 0),
                n -> {
                    if (n > best[0] && cards.get(n).box().contains(x, y)) {
                        best[0] = n;
                    }
                    return false;
                });
        return best[0] < 0 ? null : new Thing.OfService(cards.get(best[0]).id());
    }

    private @Nullable Thing linkAt(double x, double y, double scale) {
        if (pieces == null) {
            pieces = new LinkPieces(links);
        }
        var nearest = pieces.nearest(x, y, NEAR_LINK / scale);
        return nearest == null ? null : new Thing.OfLink(nearest.id());
    }

    private @Nullable Thing noteAt(double x, double y) {
        for (var note : picture.notes()) {
            if (note.box().contains(x, y)) {
                return new Thing.OfNote(note.index());
            }
        }
        return null;
    }

    /** A group is caught at its name and its edge; inside it is ground. */
    private @Nullable Thing groupAt(double x, double y, double scale) {
        for (var group : picture.groups()) {
            var box = group.box();
            var inside = box.grown(-NEAR_EDGE / scale);
            var head = y <= box.y() + GROUP_HEAD;
            if (box.grown(NEAR_EDGE / scale).contains(x, y) && (head || !inside.contains(x, y))) {
                return new Thing.OfGroup(group.name());
            }
        }
        return null;
    }
}
