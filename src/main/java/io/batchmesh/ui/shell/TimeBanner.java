package io.batchmesh.ui.shell;

import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.ShownTime;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** Says that what is seen is not now, which moment it is, and goes through time. */
final class TimeBanner extends HBox {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration STEP = Duration.ofSeconds(10);

    private final Workspace workspace;
    private final TimeView time;
    private final Label mark = Nodes.label("■ NOT LIVE", "bm-not-live");
    private final Label moment = Nodes.number("bm-strong");
    private final Label words = Nodes.label("", "bm-small");
    private final Slider place = new Slider();
    private final Button play;
    private final MenuButton speed = new MenuButton("1 ×");
    private final Timeline clock;
    private boolean placing;

    TimeBanner(Workspace workspace, TimeView time) {
        this.workspace = workspace;
        this.time = time;
        setId("time-banner");
        getStyleClass().addAll("bm-banner", "bm-warn", "bm-time-banner");
        mark.setMinWidth(Region.USE_PREF_SIZE);
        play = Nodes.button("replay", "▶  Replay", b -> togglePlaying());
        var back =
                Nodes.icon(
                        "time-back",
                        MaterialDesignS.SKIP_PREVIOUS,
                        "10 s earlier",
                        () -> time.pan(-STEP.toMillis()));
        var on =
                Nodes.icon(
                        "time-on",
                        MaterialDesignS.SKIP_NEXT,
                        "10 s later",
                        () -> time.pan(STEP.toMillis()));
        var live = Nodes.button("back-to-live", "Back to live", b -> time.live());
        live.getStyleClass().addAll("accent", "bm-accent-button");
        place.setId("time-place");
        place.setAccessibleText("The moment that is shown");
        place.setMinWidth(60);
        HBox.setHgrow(place, Priority.ALWAYS);
        place.valueProperty().addListener((_, _, value) -> placed(value.doubleValue()));
        words.setMinWidth(0);
        speeds();
        getChildren().addAll(mark, moment, words, back, play, on, speed, place, live);
        clock =
                new Timeline(
                        new KeyFrame(
                                javafx.util.Duration.millis(TICK.toMillis()),
                                e -> time.tick(TICK)));
        clock.setCycleCount(Animation.INDEFINITE);
    }

    private void speeds() {
        speed.setId("replay-speed");
        speed.setMinWidth(Region.USE_PREF_SIZE);
        speed.setTooltip(new Tooltip("How fast the past is played"));
        speed.setAccessibleText("Speed of the replay");
        for (int times : TimeView.SPEEDS) {
            var item = new MenuItem(times + " ×");
            item.setId("replay-speed-" + times);
            item.setOnAction(e -> time.play(times));
            speed.getItems().add(item);
        }
    }

    void togglePlaying() {
        if (time.isPlaying()) {
            time.hold();
        } else {
            time.play(time.speed());
        }
    }

    private void placed(double value) {
        if (!placing) {
            time.jump(Instant.ofEpochMilli(Math.round(value)));
        }
    }

    /** Says how it is now. */
    void refresh() {
        if (!(workspace.shownTimeProperty().get() instanceof ShownTime.Past past)) {
            clock.stop();
            return;
        }
        moment.setText(MOMENT.format(past.at()));
        var ago = Formats.age(Duration.between(past.at(), workspace.clocks().now()));
        words.setText(past.recording().isEmpty() ? ago : "of " + past.recording());
        words.setTooltip(
                new Tooltip(
                        "The numbers are of this moment. The drawing, and what runs, are of now;"
                                + " pushing is off."));
        play.setText(past.playing() ? "❚❚  Stop" : "▶  Replay");
        speed.setText(time.speed() + " ×");
        placing = true;
        place.setMin(time.first());
        place.setMax(Math.max(time.first() + 1, time.last()));
        place.setBlockIncrement(STEP.toMillis());
        place.setValue(past.at().toEpochMilli());
        placing = false;
        if (past.playing()) {
            clock.play();
        } else {
            clock.stop();
        }
    }
}
