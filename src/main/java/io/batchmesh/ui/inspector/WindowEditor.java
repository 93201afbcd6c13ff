package io.batchmesh.ui.inspector;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.edit.LinkEdit;
import io.batchmesh.model.LinkId;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and changes the batch window of one link, field by field. */
final class WindowEditor {
    private final Scope scope;
    private final LinkId id;
    private final @Nullable Compression asFound;

    WindowEditor(Scope scope, LinkId id) {
        this.scope = scope;
        this.id = id;
        asFound = window().compression();
    }

    /** The window that holds in the drawing. */
    BatchWindow window() {
        var link = scope.workspace().topology().link(id);
        return link == null ? BatchWindow.DEFAULT : link.window();
    }

    Compression compression() {
        return compressionOf(window());
    }

    private static Compression compressionOf(BatchWindow window) {
        return Objects.requireNonNullElse(window.compression(), Compression.DEFAULT);
    }

    /** Changes the window as one step; says why it cannot be. */
    String change(BatchWindow changed, Object step) {
        var edit = new LinkEdit.SetBatchWindow(id, changed);
        var refusal = edit.refusal(scope.workspace().topology());
        if (refusal != null) {
            return bare(refusal.message()) + "; " + refusal.mend();
        }
        scope.workspace().edit(edit, List.of(id, step));
        return "";
    }

    void change(BatchWindow changed) {
        change(changed, new Object());
    }

    /**
     * The same window with another compression. What means what the link had at first is said as it
     * was said then, so that going back leaves no difference.
     */
    BatchWindow with(Compression compression) {
        var found = Objects.requireNonNullElse(asFound, Compression.DEFAULT);
        return window().withCompression(compression.equals(found) ? asFound : compression);
    }

    /** A field of the window. */
    <T> TypedField<T> field(
            TypedField.Named named,
            Notation<T> notation,
            BiFunction<BatchWindow, T, BatchWindow> with) {
        return new TypedField<>(
                named, notation, (value, step) -> change(with.apply(window(), value), step));
    }

    /** Shows a part of the window, and of the windows that run. */
    <T> void show(TypedField<T> field, Function<BatchWindow, T> part, Function<T, String> words) {
        field.show(part.apply(window()), note(part, words));
    }

    <T> String note(Function<BatchWindow, T> part, Function<T, String> words) {
        Function<LinkConfig, T> running = l -> part.apply(l.batch());
        var edit = new RunningLinks.Said<>(part.apply(window()), words);
        return RunningLinks.note(scope.runs().of(id), running, edit);
    }

    <T> String compressionNote(Function<Compression, T> part, Function<T, String> words) {
        return note(w -> part.apply(compressionOf(w)), words);
    }

    private static String bare(String message) {
        int colon = message.indexOf(": ");
        return colon > 0 && message.substring(0, colon).matches("[A-Za-z0-9/]+")
                ? message.substring(colon + 2)
                : message;
    }
}
