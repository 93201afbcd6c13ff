package io.batchmesh.ui.canvas;

import java.util.ArrayList;
import java.util.List;

/**
 * The way of the dots of one link, in drawing units, with the parts where something lies on it.
 *
 * @param link whose
 * @param line the way
 * @param covers what lies on it
 */
record DotTrack(LinkLine link, Polyline line, List<Box> covers) {
    static DotTrack of(LinkLine link, Picture picture) {
        var line = Polyline.of(link.curve());
        var covers = new ArrayList<Box>();
        var bounds = link.curve().bounds();
        for (var badge : picture.badges().values()) {
            if (badge.box().intersects(bounds.grown(1)) && line.touches(badge.box().grown(8))) {
                covers.add(badge.box().grown(3));
            }
        }
        for (var card : picture.cards().values()) {
            if (card.box().intersects(bounds) && line.touches(card.box())) {
                covers.add(card.box());
            }
        }
        return new DotTrack(link, line, covers);
    }

    boolean covered(double x, double y) {
        for (var cover : covers) {
            if (cover.contains(x, y)) {
                return true;
            }
        }
        return false;
    }
}
