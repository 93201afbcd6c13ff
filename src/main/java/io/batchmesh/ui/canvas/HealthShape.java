package io.batchmesh.ui.canvas;

/** Draws the shape that says how a service does. */
final class HealthShape {
    private HealthShape() {}

    static void paint(Pen pen, Health health, double x, double y, double r) {
        var color = health.tone().line();
        switch (health) {
            case OK -> pen.circle(x, y, r, Pen.Ink.fill(color));
            case WARN ->
                    pen.polygon(
                            new double[] {
                                x,
                                y - r * 1.15,
                                x + r * 1.2,
                                y + r * 0.95,
                                x - r * 1.2,
                                y + r * 0.95
                            },
                            color);
            case ERROR -> pen.box(Box.around(x, y, 1.8 * r, 1.8 * r), 0.3 * r, Pen.Ink.fill(color));
            case STALE -> pen.circle(x, y, r - 0.7, Pen.Ink.stroke(color, 1.5));
            case UNKNOWN -> {
                for (var i = 0; i < 6; i++) {
                    var angle = i * Math.PI / 3;
                    pen.circle(
                            x + (r - 0.5) * Math.cos(angle),
                            y + (r - 0.5) * Math.sin(angle),
                            Math.max(0.6, r / 5),
                            Pen.Ink.fill(color));
                }
            }
        }
    }
}
