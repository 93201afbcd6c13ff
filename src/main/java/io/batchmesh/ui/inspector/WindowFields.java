package io.batchmesh.ui.inspector;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.ui.Exact;
import io.batchmesh.ui.Nodes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Who decides when a batch is cut, and its bounds. */
final class WindowFields extends VBox {
    /** What is aimed at when nobody said. */
    private static final Duration FIRST_TARGET = Duration.ofMillis(20);

    private final WindowEditor editor;
    private final Segments<Policy> policy;
    private final Label help = Nodes.label("", "bm-section-note");
    private final TypedField<Duration> linger;
    private final TypedField<Optional<Duration>> target;
    private final TypedField<Integer> items;
    private final TypedField<Long> bytes;

    WindowFields(WindowEditor editor) {
        this.editor = editor;
        getStyleClass().add("bm-form");
        policy = policies();
        help.setWrapText(true);
        help.setMinHeight(Region.USE_PREF_SIZE);
        help.setId("batch-policy-help");
        linger =
                editor.field(
                        new TypedField.Named(
                                "batch-linger",
                                "Linger, at most",
                                "The longest that the first request of a batch waits for others."
                                        + " A batch that is full is cut earlier. Up to 60 s."),
                        Notation.DURATION,
                        BatchWindow::withLinger);
        items =
                editor.field(
                        new TypedField.Named(
                                "batch-items",
                                "Items, at most",
                                "A batch is cut at so many requests, however short its wait. From"
                                        + " 1 to 4096."),
                        Notation.COUNT,
                        BatchWindow::withMaxItems);
        bytes =
                editor.field(
                        new TypedField.Named(
                                "batch-bytes",
                                "Bytes, at most",
                                "A batch is cut at so many bytes of requests, before compression."
                                        + " From 1 KiB to 16 MiB."),
                        Notation.SIZE,
                        BatchWindow::withMaxBytes);
        target =
                editor.field(
                        new TypedField.Named(
                                "batch-target",
                                "p99, at most",
                                "The wait is chosen by itself so that 99 of 100 requests are"
                                        + " answered within this time."),
                        Notation.MAYBE_DURATION,
                        (window, value) -> window.withTargetP99(value.orElse(null)));
        getChildren().addAll(policy, help, target, linger, items, bytes);
    }

    private Segments<Policy> policies() {
        return new Segments<Policy>("batch-policy", "Policy", this::choose)
                .with(Policy.OFF, "off", "Off", "Requests pass one by one")
                .with(Policy.AUTO, "auto", "Auto", "Batches grow only under load")
                .with(Policy.FIXED, "fixed", "Fixed", "Linger, items and bytes as set")
                .with(Policy.TARGET_P99, "p99", "p99 goal", "The wait tunes itself to a latency");
    }

    private void choose(Policy chosen) {
        var window = editor.window().withPolicy(chosen);
        editor.change(
                chosen == Policy.TARGET_P99 && window.targetP99() == null
                        ? window.withTargetP99(FIRST_TARGET)
                        : window);
        refresh();
    }

    void refresh() {
        var now = editor.window().policy();
        policy.show(now, editor.note(BatchWindow::policy, WindowFields::words));
        help.setText(help(now));
        Nodes.show(linger, now == Policy.FIXED);
        Nodes.show(target, now == Policy.TARGET_P99);
        Nodes.show(items, now != Policy.OFF);
        Nodes.show(bytes, now != Policy.OFF);
        editor.show(linger, BatchWindow::linger, Exact::duration);
        editor.show(items, BatchWindow::maxItems, String::valueOf);
        editor.show(bytes, BatchWindow::maxBytes, Exact::bytes);
        showTarget();
    }

    /** A goal that runs nowhere is not told from the edit: the policy says that already. */
    private void showTarget() {
        Function<BatchWindow, Optional<Duration>> goal = w -> Optional.ofNullable(w.targetP99());
        var note = editor.note(goal, t -> t.map(Exact::duration).orElse("none"));
        target.show(goal.apply(editor.window()), note.contains("none") ? "" : note);
    }

    static String words(Policy policy) {
        return switch (policy) {
            case OFF -> "off";
            case AUTO -> "auto";
            case FIXED -> "fixed";
            case TARGET_P99 -> "p99 goal";
        };
    }

    private static String help(Policy policy) {
        return switch (policy) {
            case OFF -> "Requests pass one by one. Nothing is collected, so there is no bound.";
            case AUTO ->
                    "A batch is cut as soon as the transport is free: it grows only under load,"
                            + " and waits for nothing. There is no linger.";
            case FIXED -> "A batch is cut at the first bound that it reaches.";
            case TARGET_P99 -> "The linger is chosen by itself, so that the p99 stays below.";
        };
    }
}
