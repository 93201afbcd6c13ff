package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.List;

/** Paints what can be seen of a picture. */
final class ScenePainter {
    /** Stamps, rings and arrows reach so far beyond their things. */
    private static final double BEYOND = 24;

    /** From here on links step back behind the services. */
    private static final int MANY_LINKS = 40;

    private static final double DOTS = 32;
    private static final double DOTS_FROM = 0.5;

    private final Picture picture;
    private final Viewport view;
    private final double width;
    private final double height;
    private final Emphasis emphasis;
    private boolean grid = true;

    ScenePainter(Picture picture, Viewport view, double width, double height, Emphasis emphasis) {
        this.picture = picture;
        this.view = view;
        this.width = width;
        this.height = height;
        this.emphasis = emphasis;
    }

    /** For pictures, where nothing is moved by hand. */
    ScenePainter withoutGrid() {
        grid = false;
        return this;
    }

    void paint(Pen pen) {
        pen.box(new Box(0, 0, width, height), 0, Pen.Ink.fill(Swatch.GROUND));
        if (picture.isEmpty()) {
            paintEmpty(pen);
            return;
        }
        var seen = view.seen(width, height).grown(BEYOND);
        var cards = new ArrayList<Card>();
        for (var card : picture.cards().values()) {
            if (card.box().intersects(seen)) {
                cards.add(card);
            }
        }
        var detail = Detail.of(view.scale(), cards.size());
        if (grid && view.scale() >= DOTS_FROM) {
            paintDots(pen);
        }
        var ground = new GroundPainter(pen, view);
        picture.groups().stream().filter(g -> g.box().intersects(seen)).forEach(ground::group);
        picture.notes().stream().filter(n -> n.box().intersects(seen)).forEach(ground::note);
        var links =
                picture.links().values().stream()
                        .filter(link -> link.curve().bounds().grown(2).intersects(seen))
                        .toList();
        paintLinks(pen, links, detail);
        var cardPainter = new CardPainter(pen, view, detail, emphasis);
        cards.forEach(cardPainter::paint);
        if (detail.atLeast(Detail.SHORT)) {
            paintBadges(pen, seen, detail, links.size() > MANY_LINKS);
        }
    }

    /** Links that have to do with what is selected or pointed at come last and at full strength. */
    private void paintLinks(Pen pen, List<LinkLine> links, Detail detail) {
        var painter = new LinkPainter(pen, view, detail, emphasis);
        var interest = new Interest(picture, emphasis);
        var many = links.size() > MANY_LINKS;
        var others = !many ? 1 : interest.any() ? 0.22 : detail.atLeast(Detail.NAMES) ? 0.6 : 0.35;
        var quiet = new ArrayList<LinkLine>();
        var loud = new ArrayList<LinkLine>();
        var marked = new ArrayList<LinkLine>();
        for (var link : links) {
            if (link.selected() || interest.in(link)) {
                marked.add(link);
            } else {
                (loud(link) ? loud : quiet).add(link);
            }
        }
        painter.paint(quiet, others);
        painter.paint(loud, Math.max(others, 0.6));
        marked.stream().filter(link -> !link.selected()).forEach(painter::paintMarked);
        marked.stream().filter(LinkLine::selected).forEach(painter::paintMarked);
    }

    private static boolean loud(LinkLine link) {
        return link.tone() == Tone.WARN || link.tone() == Tone.ERROR;
    }

    private void paintBadges(Pen pen, Box seen, Detail detail, boolean many) {
        var painter = new BadgePainter(pen, view, detail, emphasis);
        for (var badge : picture.badges().values()) {
            var numbers = detail == Detail.FULL && badge.lines().size() > 1;
            var quiet = many && !numbers && !badge.telling();
            if (badge.box().intersects(seen) && !quiet) {
                painter.paint(badge);
            }
        }
    }

    private void paintDots(Pen pen) {
        var step = DOTS * view.scale();
        var ink = Pen.Ink.fill(Swatch.GRID);
        for (var x = first(view.offsetX(), step); x < width; x += step) {
            for (var y = first(view.offsetY(), step); y < height; y += step) {
                pen.box(new Box(x, y, 1, 1), 0, ink);
            }
        }
    }

    /** The first place from zero on of a row that goes through the offset. */
    private static double first(double offset, double step) {
        return offset - Math.floor(offset / step) * step;
    }

    /** While places are computed. */
    static void arranging(Pen pen, double width, double height, int services) {
        pen.box(new Box(0, 0, width, height), 0, Pen.Ink.fill(Swatch.GROUND));
        pen.text(
                "Arranging " + services + " services…",
                width / 2,
                height / 2,
                TextStyle.sans(14).centered(),
                Swatch.MUTED);
    }

    private void paintEmpty(Pen pen) {
        var x = width / 2;
        var y = height / 2;
        var card = Box.around(x, y - 52, 120, 48);
        pen.box(card, 9, new Pen.Ink(Swatch.NODE, Swatch.LINE, 1));
        pen.circle(card.x() + 18, card.centerY(), 4.5, Pen.Ink.stroke(Swatch.FAINT, 1.5));
        pen.box(new Box(card.x() + 32, card.centerY() - 3, 52, 6), 3, Pen.Ink.fill(Swatch.LINE));
        pen.text("Nothing drawn yet", x, y + 8, TextStyle.sans(15).heavy().centered(), Swatch.TEXT);
        pen.text(
                "Add a service, or open a file.",
                x,
                y + 30,
                TextStyle.sans(13).centered(),
                Swatch.MUTED);
    }
}
