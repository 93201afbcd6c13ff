package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.scene.shape.Circle;
import javafx.stage.Window;
import javafx.util.Duration;

/**
 * Dots that move along the links with their traffic. They are few nodes of their own above the
 * canvas, so that moving them paints nothing else anew. They stand still where less motion is asked
 * for and rest while nobody can see them. FX thread.
 */
final class TrafficDots extends Group {
    private static final Duration FRAME = Duration.millis(66);

    /** Way in one frame, in drawing units. */
    private static final double STEP = 3.5;

    private static final int MAX_DOTS = 64;
    private static final int MAX_LINKS = 32;

    private final TopologyCanvas canvas;
    private final List<Circle> circles = new ArrayList<>();
    private final Timeline timeline = new Timeline(new KeyFrame(FRAME, e -> advance()));
    private final ObservableValue<Boolean> showing;
    private List<DotTrack> tracks = List.of();
    private Picture tracked = Picture.EMPTY;
    private Viewport trackedView = Viewport.PLAIN;
    private double phase;

    TrafficDots(TopologyCanvas canvas) {
        this.canvas = canvas;
        setManaged(false);
        setMouseTransparent(true);
        setAutoSizeChildren(false);
        timeline.setCycleCount(Animation.INDEFINITE);
        showing =
                canvas.sceneProperty()
                        .flatMap(Scene::windowProperty)
                        .flatMap(Window::showingProperty)
                        .orElse(false);
        showing.subscribe(s -> update());
        Platform.getPreferences().reducedMotionProperty().subscribe(r -> update());
    }

    /** After something was painted: the dots follow. */
    void painted(Picture picture, Viewport view) {
        if (picture != tracked || !view.equals(trackedView)) {
            tracked = picture;
            trackedView = view;
            tracks = tracks(picture, view);
        }
        place();
        update();
    }

    boolean moving() {
        return timeline.getStatus() == Animation.Status.RUNNING;
    }

    void update() {
        var wanted =
                canvas.animatedProperty().get()
                        && showing.getValue()
                        && !Platform.getPreferences().isReducedMotion()
                        && !tracks.isEmpty();
        if (wanted && !moving()) {
            timeline.play();
        } else if (!wanted && moving()) {
            timeline.stop();
        }
        setVisible(canvas.animatedProperty().get());
    }

    private void advance() {
        phase += STEP;
        place();
    }

    /** The busiest links in view. */
    private List<DotTrack> tracks(Picture picture, Viewport view) {
        var seen = view.seen(canvas.getWidth(), canvas.getHeight());
        if (!Detail.of(view.scale(), 0).atLeast(Detail.SHORT)) {
            return List.of();
        }
        return picture.links().values().stream()
                .filter(link -> link.pace().gap() > 0)
                .filter(link -> link.curve().bounds().grown(1).intersects(seen))
                .sorted(
                        Comparator.<LinkLine>comparingDouble(link -> -link.reading().rate())
                                .thenComparing(LinkLine::id))
                .limit(MAX_LINKS)
                .map(link -> DotTrack.of(link, picture))
                .toList();
    }

    private void place() {
        var used = 0;
        var stretch = stretch();
        for (var track : tracks) {
            var gap = track.link().pace().gap() * stretch;
            var first = (phase + Math.floorMod(track.link().id().hashCode(), 97)) % gap;
            for (var way = first; way < track.line().length() - 8; way += gap) {
                var at = track.line().at(way);
                if (used < MAX_DOTS && !track.covered(at[0], at[1])) {
                    place(used++, track, at);
                }
            }
        }
        for (var i = used; i < circles.size(); i++) {
            circles.get(i).setVisible(false);
        }
    }

    /** Where there would be too many dots all stand further apart. */
    private double stretch() {
        double wanted = 0;
        for (var track : tracks) {
            wanted += track.line().length() / track.link().pace().gap();
        }
        return Math.max(1, wanted / MAX_DOTS);
    }

    private void place(int number, DotTrack track, double[] at) {
        if (number == circles.size()) {
            circles.add(new Circle());
            getChildren().add(circles.get(number));
        }
        var circle = circles.get(number);
        circle.setVisible(true);
        circle.setRadius(track.link().pace().size() * Math.clamp(trackedView.scale(), 0.7, 1.5));
        circle.setFill(canvas.palette().of(Swatch.TEXT));
        circle.setTranslateX(trackedView.x(at[0]));
        circle.setTranslateY(trackedView.y(at[1]));
    }
}
