package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Swatch;
import java.util.Locale;
import javafx.scene.layout.Region;

/** The little sample of a curve's colour and stroke that stands before its name. */
final class Key extends Region {

    /** What it shows. */
    enum Shape {
        AREA,
        LINE,
        DOTTED,
        NONE
    }

    Key(Swatch color, Shape shape) {
        show(color, shape);
    }

    void show(Swatch color, Shape shape) {
        getStyleClass().setAll("bm-key", styleClass(shape.name()), colorClass(color));
    }

    static Shape shapeOf(Curve curve) {
        return curve.dotted() ? Shape.DOTTED : Shape.LINE;
    }

    static String colorClass(Swatch color) {
        return styleClass("color-" + color.name());
    }

    private static String styleClass(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
