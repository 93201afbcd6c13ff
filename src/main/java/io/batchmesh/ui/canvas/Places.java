package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;

/** Keeps places where they can be drawn. */
final class Places {
    private Places() {}

    static double[] of(double x, double y) {
        return new double[] {clamped(x), clamped(y)};
    }

    static Box box(Position position, CardSizes.Size size) {
        return new Box(clamped(position.x()), clamped(position.y()), size.width(), size.height());
    }

    private static double clamped(double value) {
        return Double.isNaN(value)
                ? 0
                : Math.clamp(value, -SceneInput.FARTHEST, SceneInput.FARTHEST);
    }
}
