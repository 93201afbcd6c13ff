package io.batchmesh.ui.shell;

import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What happened, newest first. A click moves the shown time there. */
final class TimelinePane extends VBox {
    static final String ALL = "All";
    static final String CONFIGS = "Configs";
    static final String BY_HAND = "By hand";
    static final String ALERTS = "Alerts";
    static final String NOTES = "Notes";

    private static final double BRIEF_BELOW = 720;
    private static final Duration AROUND = Duration.ofSeconds(30);
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT);
    private static final List<DataTable.Column> COLUMNS =
            List.of("time", "kind", "what", "by", "where").stream()
                    .map(DataTable.Column::words)
                    .toList();

    private final Workspace workspace;
    private final TimeView time;
    private final Copying copying;
    private final Timeline timeline;
    private final TabStrip chapters = new TabStrip();
    private final TextField filter = new TextField();
    private final Label count = Nodes.label("", "bm-small", "bm-muted");
    private final RowsTable table =
            new RowsTable("timeline", COLUMNS, List.of(112, 100, 430, 100, 180));
    private Map<String, TimelineEntry> shown = Map.of();

    TimelinePane(Workspace workspace, TimeView time, Copying copying) {
        this.workspace = workspace;
        this.time = time;
        this.copying = copying;
        timeline = new Timeline(workspace);
        setId("timeline-pane");
        setSpacing(5);
        chapters.offer(List.of(ALL, CONFIGS, BY_HAND, ALERTS, NOTES));
        chapters.chosenProperty().subscribe(c -> refresh());
        filter.setId("timeline-filter");
        filter.setPromptText("Filter by words");
        filter.setAccessibleText("Filter the timeline by words");
        filter.setPrefColumnCount(14);
        filter.setMinWidth(70);
        filter.textProperty().addListener((_, _, _) -> refresh());
        var copy = Nodes.button("timeline-copy", "Copy", b -> copy());
        var save = Nodes.button("timeline-csv", "Save CSV…", b -> save());
        var head = new HBox(8, chapters, Nodes.spring(), count, filter, copy, save);
        head.setAlignment(Pos.CENTER_LEFT);
        widthProperty()
                .subscribe(w -> {
                    chapters.setBrief(w.doubleValue() < BRIEF_BELOW);
                    Nodes.show(count, w.doubleValue() >= BRIEF_BELOW);
                });
        table.setOnOpen(this::open);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(head, table);
        workspace.changesProperty().subscribe(c -> refresh());
    }

    /** Takes in what was seen last; called for each snapshot. */
    void look() {
        timeline.look();
    }

    /** What somebody else wrote since a moment, newest first. */
    List<TimelineEntry> foreign(Instant since) {
        return timeline.foreign(since);
    }

    /** Shows what is known. */
    void refresh() {
        if (getScene() == null && !shown.isEmpty()) {
            return;
        }
        var all = timeline.entries();
        var chapter = chapters.chosenProperty().get();
        var words = filter.getText().strip();
        var byKey = new HashMap<String, TimelineEntry>();
        var rows =
                all.stream()
                        .filter(e -> chapter.equals(ALL) || e.kind().chapter().equals(chapter))
                        .peek(e -> byKey.put(e.key(), e))
                        .map(e -> row(e, workspace.clocks().now()))
                        .filter(r -> words.isEmpty() || r.has(words))
                        .toList();
        shown = byKey;
        table.setNothing(
                all.isEmpty()
                        ? "nothing has happened that is known here"
                        : "nothing of this kind has happened");
        table.show(rows);
        count.setText(
                rows.size() == all.size()
                        ? all.size() + " entries"
                        : rows.size() + " of " + all.size() + " entries");
    }

    private static DataTable.Row row(TimelineEntry entry, Instant now) {
        var at = entry.at().atZone(ZoneId.systemDefault());
        boolean today = at.toLocalDate().equals(now.atZone(at.getZone()).toLocalDate());
        var clock = SHOWN.format(at);
        return new DataTable.Row(
                entry.key(),
                entry.target(),
                List.of(
                        today ? clock.substring(clock.length() - 8) : clock,
                        entry.kind().label(),
                        entry.what(),
                        entry.who(),
                        entry.where()));
    }

    private void open(DataTable.Row row) {
        var entry = shown.get(row.key());
        if (entry == null) {
            return;
        }
        var target = entry.target().within(workspace.topology());
        if (!target.isEmpty()) {
            workspace.select(target);
        }
        long at = entry.at().toEpochMilli();
        if (at < time.first() || at > time.last() + AROUND.toMillis()) {
            workspace.refuse(
                    "nothing is kept of %s: what was seen begins at %s"
                            .formatted(
                                    row.cells().getFirst(),
                                    io.batchmesh.ui.plot.TimeWindow.clock(time.first())));
            return;
        }
        workspace.refuse("");
        // With what came right after it in view.
        time.showMoment(entry.at().plus(Duration.ofSeconds(1)));
    }

    private void copy() {
        copying.text(new DataTable(COLUMNS, List.of()).words(table.chosen()));
    }

    /** The words by which the rows are filtered. */
    String filter() {
        return filter.getText().strip();
    }

    void setFilter(String words) {
        filter.setText(words);
    }

    private void save() {
        copying.saveCsv("timeline", this::csv);
    }

    /** All that is shown, with exact times. */
    String csv() {
        var rows =
                table.rows().stream()
                        .map(r -> {
                            var entry = shown.get(r.key());
                            var cells = new java.util.ArrayList<>(r.cells());
                            if (entry != null) {
                                cells.set(0, entry.at().toString());
                                cells.set(1, entry.kind().name().toLowerCase(Locale.ROOT));
                            }
                            return new DataTable.Row(r.key(), r.target(), cells);
                        })
                        .toList();
        return new DataTable(COLUMNS, rows).csv(rows);
    }
}
