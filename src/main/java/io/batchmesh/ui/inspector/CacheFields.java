package io.batchmesh.ui.inspector;

import atlantafx.base.controls.ToggleSwitch;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Cache;
import io.batchmesh.ui.Exact;
import io.batchmesh.ui.Nodes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Whether answers are given from memory, and for how long. */
final class CacheFields extends VBox {
    private static final Cache FIRST =
            new Cache(16L << 20, Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final WindowEditor editor;
    private final ToggleSwitch on = new ToggleSwitch();
    private final Label runs = Nodes.label("", "bm-field-note");
    private final TypedField<Duration> ttl;
    private final TypedField<Duration> stale;
    private final TypedField<Long> bytes;
    private Cache last = FIRST;
    private boolean quiet;

    CacheFields(WindowEditor editor) {
        this.editor = editor;
        getStyleClass().add("bm-form");
        on.setId("batch-cache");
        on.setAccessibleText("Cache: keep answers");
        on.setTooltip(
                new Tooltip(
                        "Answers are kept by RFC 9111 and given again without asking the"
                                + " service; a hit never waits for a window."));
        on.selectedProperty().subscribe((was, now) -> toggled(now));
        var line =
                new HBox(
                        8, Nodes.label("Keep answers", "bm-field-label"), Nodes.spring(), runs, on);
        line.getStyleClass().add("bm-form-row");
        ttl =
                field(
                        "cache-ttl",
                        "Fresh for",
                        "How long an answer is given again that says nothing of it itself.",
                        (c, v) -> new Cache(c.maxBytes(), v, c.staleWhileRevalidate()));
        stale =
                field(
                        "cache-stale",
                        "Then stale for",
                        "How long an old answer is still given while a new one is fetched.",
                        (c, v) -> new Cache(c.maxBytes(), c.ttl(), v));
        bytes =
                editor.field(
                        new TypedField.Named(
                                "cache-bytes",
                                "Memory",
                                "What the answers kept may take in each proxy; the least used go"
                                        + " first."),
                        Notation.SIZE,
                        (w, v) -> {
                            var c = cache(w);
                            return w.withCache(new Cache(v, c.ttl(), c.staleWhileRevalidate()));
                        });
        getChildren().addAll(line, ttl, stale, bytes);
    }

    private TypedField<Duration> field(
            String id, String name, String help, BiFunction<Cache, Duration, Cache> with) {
        return editor.field(
                new TypedField.Named(id, name, help),
                Notation.DURATION,
                (w, v) -> w.withCache(with.apply(cache(w), v)));
    }

    private Cache cache(BatchWindow window) {
        return Objects.requireNonNullElse(window.cache(), last);
    }

    private void toggled(boolean now) {
        if (!quiet) {
            editor.change(editor.window().withCache(now ? last : null));
            refresh();
        }
    }

    void refresh() {
        var cache = editor.window().cache();
        if (cache != null) {
            last = cache;
        }
        quiet = true;
        on.setSelected(cache != null);
        quiet = false;
        runs.setText(editor.note(w -> w.cache() != null, isOn -> isOn ? "on" : "off"));
        Nodes.show(ttl, cache != null);
        Nodes.show(stale, cache != null);
        Nodes.show(bytes, cache != null);
        show(ttl, Cache::ttl, Exact::duration);
        show(stale, Cache::staleWhileRevalidate, Exact::duration);
        show(bytes, Cache::maxBytes, Exact::bytes);
    }

    /** A cache that is not there is not told from the edit: the switch says that already. */
    private <T> void show(TypedField<T> field, Function<Cache, T> part, Function<T, String> words) {
        Function<BatchWindow, T> ofWindow =
                w -> part.apply(w.cache() == null ? cache(editor.window()) : w.cache());
        editor.show(field, ofWindow, words);
    }
}
