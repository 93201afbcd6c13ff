package io.batchmesh.ui.shell;

import io.batchmesh.admin.tap.TappedRequest;
import io.batchmesh.metrics.Stage;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The five stages of one request side by side, as long as their times, in their colours. */
final class StageBar extends Region {
    private static final double LEAST = 1.5;

    private final List<Region> parts = new ArrayList<>();
    private double[] shares = new double[Stage.values().length];

    StageBar() {
        getStyleClass().add("bm-stage-bar");
        setAccessibleRole(AccessibleRole.TEXT);
        for (var stage : Stage.values()) {
            var part = new Region();
            part.getStyleClass().addAll("bm-stage-part", "stage-" + stage.label());
            part.setMinSize(0, 0);
            parts.add(part);
        }
        getChildren().addAll(parts);
        setMinWidth(0);
        setPrefWidth(120);
        setMaxHeight(USE_PREF_SIZE);
    }

    /** Shows the times of a request; null, or none, for an empty bar. */
    void show(TappedRequest.@Nullable Times times) {
        shares = new double[parts.size()];
        double whole = times == null ? 0 : times.whole().toNanos();
        if (times != null && whole > 0) {
            int i = 0;
            for (var stage : Stage.values()) {
                shares[i++] = times.of(stage).toNanos() / whole;
            }
        }
        setAccessibleText(times == null ? "" : TapWriting.stages(times));
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double at = 0;
        for (int i = 0; i < parts.size(); i++) {
            double share = shares[i] * width;
            // What took any time is seen.
            double length = shares[i] <= 0 ? 0 : Math.max(LEAST, share);
            double end = Math.min(width, at + length);
            parts.get(i).resizeRelocate(at, 0, Math.max(0, end - at), getHeight());
            at = end;
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return 10;
    }
}
