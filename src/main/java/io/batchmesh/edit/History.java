package io.batchmesh.edit;

import io.batchmesh.model.Topology;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The topology that is being edited, with what was done to it. Undo and redo go by snapshots, which
 * share all that an edit did not touch; the last {@value #MOST_STEPS} steps are kept.
 *
 * <p>Belongs to one thread. A listener must not edit: an edit inside an edit is refused by an
 * exception, since the outer one would otherwise go on from a topology that is gone.
 */
public final class History {
    /** How many steps can be undone. */
    public static final int MOST_STEPS = 200;

    private final Deque<Step> done = new ArrayDeque<>();
    private final Deque<Step> undone = new ArrayDeque<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    private Topology current;
    private Topology saved;
    private long revision;
    private long savedRevision;
    private @Nullable Object open;
    private boolean busy;

    /** A history that begins with a topology as it is saved, at revision 0. */
    public History(Topology opened) {
        current = opened;
        saved = opened;
    }

    private record Step(String label, Topology before, Topology after) {}

    public Topology current() {
        return current;
    }

    /** Goes up by one with every edit, undo and redo, and never down. */
    public long revision() {
        return revision;
    }

    /** The revision that was saved last. */
    public long savedRevision() {
        return savedRevision;
    }

    /** Whether there is something to save. */
    public boolean isModified() {
        return !current.equals(saved);
    }

    /** Says that the current topology is saved now. */
    public void markSaved() {
        saved = current;
        savedRevision = revision;
        endStep();
    }

    /** Calls back after every edit, undo and redo, on the thread that made it. */
    public void addListener(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Carries an edit out as a step of its own. */
    public EditResult edit(EditCommand command) {
        return guarded(() -> run(command, null));
    }

    /**
     * Carries an edit out. When the edit right before it had an equal key, both are one step:
     * typing a number, or dragging a service, is undone at once.
     *
     * @param mergeKey what is being edited, such as a list of link and field, or the gesture
     */
    public EditResult edit(EditCommand command, Object mergeKey) {
        return guarded(() -> run(command, mergeKey));
    }

    /** Ends the step that merges: the next edit is a step of its own. */
    public void endStep() {
        open = null;
    }

    private EditResult run(EditCommand command, @Nullable Object key) {
        var refusal = command.refusal(current);
        if (refusal != null) {
            return new EditResult.Refused(refusal);
        }
        var before = current;
        var after = command.apply(before);
        if (after.equals(before)) {
            return new EditResult.Unchanged();
        }
        boolean kept = push(command.label(), after, key != null && Objects.equals(key, open));
        open = kept ? key : null;
        step(Change.Kind.DO, command.label(), after);
        return new EditResult.Done(after);
    }

    /** Whether there is a step now; what was typed and typed back is none. */
    private boolean push(String label, Topology after, boolean merge) {
        undone.clear();
        var before = merge && !done.isEmpty() ? done.removeLast().before : current;
        if (after.equals(before)) {
            return false;
        }
        done.addLast(new Step(label, before, after));
        if (done.size() > MOST_STEPS) {
            done.removeFirst();
        }
        return true;
    }

    public boolean canUndo() {
        return !done.isEmpty();
    }

    public boolean canRedo() {
        return !undone.isEmpty();
    }

    /** What undo would take back, or null. */
    public @Nullable String undoLabel() {
        var last = done.peekLast();
        return last == null ? null : last.label;
    }

    /** What redo would do again, or null. */
    public @Nullable String redoLabel() {
        var next = undone.peekLast();
        return next == null ? null : next.label;
    }

    /** Takes the last step back; false when there is none. */
    public boolean undo() {
        return guarded(() -> {
            var last = done.pollLast();
            if (last == null) {
                return false;
            }
            undone.addLast(last);
            endStep();
            step(Change.Kind.UNDO, last.label, last.before);
            return true;
        });
    }

    /** Does the step again that was taken back last; false when there is none. */
    public boolean redo() {
        return guarded(() -> {
            var next = undone.pollLast();
            if (next == null) {
                return false;
            }
            done.addLast(next);
            endStep();
            step(Change.Kind.REDO, next.label, next.after);
            return true;
        });
    }

    private void step(Change.Kind kind, String label, Topology after) {
        var change = new Change(kind, label, current, after, revision + 1);
        current = after;
        revision++;
        listeners.forEach(l -> l.accept(change));
    }

    private <T> T guarded(Supplier<T> action) {
        if (busy) {
            throw new IllegalStateException("an edit inside an edit: do it after the first");
        }
        busy = true;
        try {
            return action.get();
        } finally {
            busy = false;
        }
    }
}
