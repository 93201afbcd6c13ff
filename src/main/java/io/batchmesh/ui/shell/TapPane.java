package io.batchmesh.ui.shell;

import io.batchmesh.admin.tap.TapParameters;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Tapping;
import io.batchmesh.ui.Workspace;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Single requests of a link or of a service, live, and the one that is selected in full. */
final class TapPane extends VBox {
    private static final Duration LOOK = Duration.millis(250);
    private static final double WIDE = 720;
    private static final double LOW_DETAIL = 130;
    private static final String INCOMING = "To it";
    private static final String OUTGOING = "From it";

    private final Workspace workspace;
    private final TextField filter = new TextField();
    private final Button toggle;
    private final TabStrip direction = new TabStrip();
    private final Label state = Nodes.label("", "bm-small", "bm-muted");
    private final Label trouble = Nodes.label("", "bm-small", "bm-warn");
    private final TapTable table = new TapTable();
    private final TapDetail detail;
    private final BorderPane body = new BorderPane();
    private final Timeline clock = new Timeline(new KeyFrame(LOOK, e -> look()));
    private Tapping.@Nullable Running tap;
    private @Nullable LinkId link;
    private @Nullable ServiceId service;

    TapPane(Workspace workspace, Copying copying) {
        super(5);
        this.workspace = workspace;
        setId("tap-pane");
        detail = new TapDetail(copying, new TraceLink(workspace, copying));
        toggle = Nodes.button("tap-toggle", "Start", b -> toggle());
        toggle.getStyleClass().addAll("accent", "bm-accent-button");
        filter.setId("tap-filter");
        filter.setPromptText(TapWords.HINT);
        filter.setAccessibleText("Which requests; words such as " + TapWords.HINT);
        filter.setTooltip(new Tooltip("Words that must all hold: " + TapWords.HINT));
        filter.setMinWidth(120);
        filter.setPrefColumnCount(30);
        filter.setOnAction(e -> begin());
        direction.offer(List.of(INCOMING, OUTGOING));
        HBox.setHgrow(filter, Priority.ALWAYS);
        var head = new HBox(8, toggle, direction, filter);
        head.setAlignment(Pos.CENTER_LEFT);
        trouble.setMinWidth(0);
        state.setMinWidth(0);
        body.setCenter(table);
        VBox.setVgrow(body, Priority.ALWAYS);
        body.setMinHeight(0);
        var line = new HBox(14, state, trouble);
        line.visibleProperty()
                .bind(state.textProperty().isNotEmpty().or(trouble.visibleProperty()));
        line.managedProperty().bind(line.visibleProperty());
        getChildren().addAll(head, line, body);
        Nodes.show(direction, false);
        clock.setCycleCount(Animation.INDEFINITE);
        table.selectedProperty().subscribe(entry -> arrange());
        widthProperty().subscribe(w -> arrange());
        direction.chosenProperty().subscribe(name -> reset());
    }

    /** Shows one of the two; another one than before ends the tap. */
    void show(@Nullable LinkId one, @Nullable ServiceId other) {
        boolean same = Objects.equals(one, link) && Objects.equals(other, service);
        if (!same) {
            link = one;
            service = other;
            Nodes.show(direction, other != null);
            table.setSeveral(other != null);
            reset();
        }
    }

    private void arrange() {
        var entry = table.selectedProperty().get();
        detail.show(entry);
        boolean wide = getWidth() >= WIDE;
        detail.setPrefHeight(wide ? USE_COMPUTED_SIZE : LOW_DETAIL);
        BorderPane.setMargin(detail, wide ? new Insets(0, 0, 0, 10) : new Insets(6, 0, 0, 0));
        body.setBottom(null);
        body.setRight(null);
        if (entry != null && wide) {
            body.setRight(detail);
        } else if (entry != null) {
            body.setBottom(detail);
        }
    }

    private void reset() {
        end();
        tap = null;
        table.clear();
        state.setText("");
        say("");
        table.setNothing(
                "Start shows requests as they come to their end, at most 10 a second, for a minute");
    }

    private void toggle() {
        if (tap != null && tap.goesOn()) {
            end();
            look();
        } else {
            begin();
        }
    }

    private void begin() {
        end();
        tap = null;
        table.clear();
        switch (TapWords.read(filter.getText(), wanted())) {
            case TapParameters.Read.Invalid(var faults) -> say(String.join("; ", faults));
            case TapParameters.Read.Valid(var order) -> {
                switch (workspace.tappingProperty().get().open(order, callers())) {
                    case Tapping.Start.Impossible(var why) -> {
                        say("");
                        table.setNothing("This cannot be tapped: " + why);
                    }
                    case Tapping.Start.Begun(var begun) -> {
                        say("");
                        tap = begun;
                        table.setNothing("waiting for a request that matches");
                        clock.play();
                        look();
                    }
                }
            }
        }
    }

    private boolean incoming() {
        return direction.chosenProperty().get().equals(INCOMING);
    }

    /** The link as the filter of a tap has it; null for all. */
    private @Nullable String wanted() {
        if (service == null) {
            return link == null ? null : link.toString();
        }
        return incoming() ? "*->" + service.name() : null;
    }

    private Set<ServiceId> callers() {
        if (service == null) {
            return link == null ? Set.of() : Set.of(link.from());
        }
        return incoming()
                ? workspace.topology().linksTo(service).stream()
                        .map(l -> l.id().from())
                        .collect(Collectors.toSet())
                : Set.of(service);
    }

    private void end() {
        clock.stop();
        toggle.setText("Start");
        if (tap != null) {
            tap.stop();
        }
    }

    private void look() {
        if (tap == null) {
            return;
        }
        var view = tap.view();
        boolean going = tap.goesOn();
        table.show(view);
        state.setText(TapWriting.state(view, going));
        say(TapWriting.trouble(view));
        toggle.setText(going ? "Stop" : "Start");
        if (!going) {
            clock.stop();
            if (view.number() == 0) {
                table.setNothing("no request matched");
            }
        }
    }

    private void say(String words) {
        trouble.setText(words);
        Nodes.show(trouble, !words.isEmpty());
    }
}
