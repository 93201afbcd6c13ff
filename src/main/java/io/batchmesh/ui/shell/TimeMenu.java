package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Mark;
import io.batchmesh.ui.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** How much time is shown, and all that can be done with it. */
final class TimeMenu extends MenuButton {
    private static final Map<String, Duration> LENGTHS = new LinkedHashMap<>();
    private static final int MOST_MARKS = 6;
    private static final int LONGEST_NOTE = 60;

    static {
        LENGTHS.put("1 min", Duration.ofMinutes(1));
        LENGTHS.put("2 min", Duration.ofMinutes(2));
        LENGTHS.put("5 min", Duration.ofMinutes(5));
        LENGTHS.put("15 min", Duration.ofMinutes(15));
        LENGTHS.put("1 h", Duration.ofHours(1));
        LENGTHS.put("6 h", Duration.ofHours(6));
        LENGTHS.put("24 h", Duration.ofDays(1));
    }

    private final Workspace workspace;
    private final TimeView time;
    private final Runnable saveRecording;
    private final Runnable openRecording;

    /**
     * @param saveRecording saves what was seen
     * @param openRecording opens what was saved
     */
    TimeMenu(Workspace workspace, TimeView time, Runnable saveRecording, Runnable openRecording) {
        this.workspace = workspace;
        this.time = time;
        this.saveRecording = saveRecording;
        this.openRecording = openRecording;
        setId("time-menu");
        setMinWidth(Region.USE_PREF_SIZE);
        setTooltip(new Tooltip("How much time is shown; replay, comparison, notes, recordings"));
        setAccessibleText("Time");
        setOnShowing(e -> fill());
        fill();
        refresh();
    }

    /** Says how much time is shown. */
    void refresh() {
        var length = time.length();
        var named =
                LENGTHS.entrySet().stream()
                        .filter(e -> e.getValue().equals(length))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseGet(() -> worded(length));
        setText(time.comparison() == null ? named : named + " · compared");
    }

    static String worded(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200
                ? "%d:%02d min".formatted(seconds / 60, seconds % 60)
                : "%d:%02d h".formatted(seconds / 3_600, seconds / 60 % 60);
    }

    private void fill() {
        getItems().clear();
        getItems().add(length("As much as fits", null, time.isFitting()));
        LENGTHS.forEach((name, length) ->
                getItems()
                        .add(
                                length(
                                        name,
                                        length,
                                        !time.isFitting() && time.length().equals(length))));
        getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        replay(),
                        compare(),
                        note(),
                        new SeparatorMenuItem(),
                        item("time-save", "Save recording…", saveRecording),
                        item("time-open", "Open recording…", openRecording),
                        item("time-live", "Back to live (Ctrl+L)", time::live));
    }

    private MenuItem length(String name, @Nullable Duration length, boolean chosen) {
        var item = new RadioMenuItem(name);
        item.setId("time-length-" + name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
        item.setSelected(chosen);
        item.setOnAction(e -> time.setLength(length));
        return item;
    }

    static MenuItem item(String id, String words, Runnable action) {
        var item = new MenuItem(words);
        item.setId(id);
        item.setOnAction(e -> action.run());
        return item;
    }

    private Menu replay() {
        var menu = new Menu("Replay from");
        menu.setId("time-replay");
        for (int minutes : new int[] {1, 5, 15, 60}) {
            menu.getItems()
                    .add(
                            item(
                                    "time-replay-" + minutes,
                                    minutes + " min ago",
                                    () -> replay(Duration.ofMinutes(minutes))));
        }
        menu.getItems()
                .add(item("time-replay-all", "the beginning", () -> replay(TimeView.LONGEST)));
        for (var mark : latest()) {
            menu.getItems()
                    .add(item("time-replay-mark", mark.label(), () -> replayFrom(mark.at())));
        }
        return menu;
    }

    private void replay(Duration ago) {
        replayFrom(Instant.ofEpochMilli(time.last()).minus(ago));
    }

    private void replayFrom(Instant at) {
        time.hold();
        time.jump(at);
        time.play(time.speed());
    }

    private Menu compare() {
        var menu = new Menu("Compare with");
        menu.setId("time-compare");
        menu.getItems().add(item("time-compare-none", "nothing", () -> time.compare(null)));
        menu.getItems()
                .add(
                        item(
                                "time-compare-before",
                                "the period before",
                                () -> compare(time.length(), "period before")));
        LENGTHS.forEach((name, length) ->
                menu.getItems()
                        .add(
                                item(
                                        "time-compare-" + name.replace(' ', '-'),
                                        name + " earlier",
                                        () -> compare(length, "time " + name + " earlier"))));
        for (var mark : latest()) {
            menu.getItems()
                    .add(
                            item(
                                    "time-compare-mark",
                                    "before and after " + mark.label(),
                                    () -> time.compareAround(mark.at(), mark.label())));
        }
        return menu;
    }

    private void compare(Duration earlier, String label) {
        time.compare(new Comparison(earlier, label));
    }

    private List<Mark> latest() {
        var marks = workspace.shownPast().marks();
        return marks.subList(Math.max(0, marks.size() - MOST_MARKS), marks.size()).reversed();
    }

    private MenuItem note() {
        var field = new TextField();
        field.setId("time-note");
        field.setPromptText("Note at this moment");
        field.setAccessibleText("Note at the moment that is shown");
        field.setPrefColumnCount(18);
        var item = new CustomMenuItem(field, false);
        field.setOnAction(e -> {
            mark(workspace.shownMoment(), field.getText());
            hide();
        });
        return item;
    }

    /** Puts a note at a moment. */
    void mark(Instant at, String text) {
        var words = text.strip();
        if (!words.isEmpty()) {
            var cut = words.substring(0, Math.min(words.length(), LONGEST_NOTE));
            workspace.shownPast().mark(new Mark(at, cut));
            time.changed();
        }
    }
}
