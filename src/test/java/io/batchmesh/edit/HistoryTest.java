package io.batchmesh.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.Note;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final int CASES = Boolean.getBoolean("stress") ? 10_000 : 500;
    private static final LinkId LINK = LinkId.of("a", "b");

    private static Topology ab() {
        return EditCommandTest.ab();
    }

    private static EditCommand linger(int millis) {
        var window = BatchWindow.DEFAULT.withLinger(Duration.ofMillis(millis));
        return new LinkEdit.SetBatchWindow(LINK, window);
    }

    @Test
    void undoOfAllIsTheOriginalAndRedoOfAllTheEndWhateverWasDone() {
        for (long seed = 0; seed < CASES; seed++) {
            var history = new History(Topology.empty("x"));
            var edits = new RandomEdits(seed);
            for (int i = 0; i < 60; i++) {
                history.edit(edits.next(history.current()));
            }
            var end = history.current();
            long steps = 0;
            while (history.undo()) {
                steps++;
            }
            assertEquals(Topology.empty("x"), history.current(), "seed " + seed);
            assertFalse(history.isModified(), "seed " + seed);
            long revision = history.revision();
            while (history.redo()) {
                steps--;
            }
            assertEquals(0, steps, "seed " + seed);
            assertEquals(end, history.current(), "seed " + seed);
            assertTrue(history.revision() >= revision, "seed " + seed);
        }
    }

    @Test
    void everyStepUndoneIsTheTopologyThatWasThereBefore() {
        for (long seed = 0; seed < CASES / 5; seed++) {
            var history = new History(Topology.empty("x"));
            var edits = new RandomEdits(seed);
            var seen = new ArrayList<Topology>(List.of(history.current()));
            for (int i = 0; i < 80; i++) {
                if (history.edit(edits.next(history.current())) instanceof EditResult.Done d) {
                    seen.add(d.topology());
                }
            }
            for (int i = seen.size() - 1; i > 0; i--) {
                assertSame(seen.get(i), history.current(), "seed " + seed + " step " + i);
                assertTrue(history.undo());
            }
        }
    }

    @Test
    void typingIsOneStepAndTheNextFieldAnother() {
        var history = new History(ab());
        history.edit(linger(1), List.of(LINK, "linger"));
        history.edit(linger(10), List.of(LINK, "linger"));
        history.edit(linger(100), List.of(LINK, "linger"));
        var typed = history.current();
        history.edit(new SceneEdit.AddNote(new Note("n", 0, 0)), List.of("note"));
        history.undo();
        assertEquals(typed, history.current());
        history.undo();
        assertEquals(ab(), history.current());
        assertFalse(history.canUndo());
    }

    @Test
    void whatWasTypedAndTypedBackIsNoStepAndTheStepBeforeItStaysWhole() {
        var history = new History(ab());
        history.edit(linger(7));
        var seven = history.current();
        history.edit(linger(8), "typing");
        history.edit(linger(7), "typing");
        history.edit(linger(9), "typing");
        history.undo();
        assertEquals(seven, history.current());
        history.undo();
        assertEquals(ab(), history.current());
    }

    @Test
    void aSaveEndsTheStepSoThatUndoGoesBackToWhatWasSaved() {
        var history = new History(ab());
        history.edit(linger(1), "typing");
        history.markSaved();
        assertEquals(1, history.savedRevision());
        history.edit(linger(2), "typing");
        assertTrue(history.isModified());
        history.undo();
        assertFalse(history.isModified());
        assertEquals(3, history.revision());
    }

    @Test
    void anUndoIsNotMergedInto() {
        var history = new History(ab());
        history.edit(linger(1), "typing");
        history.edit(new SceneEdit.AddNote(new Note("n", 0, 0)), "other");
        history.undo();
        history.edit(linger(2), "typing");
        history.undo();
        assertEquals(linger(1).apply(ab()), history.current());
    }

    @Test
    void stepsAreNamedForTheMenu() {
        var history = new History(ab());
        assertNull(history.undoLabel());
        history.edit(linger(1));
        assertEquals("Change window of a → b", history.undoLabel());
        history.undo();
        assertEquals("Change window of a → b", history.redoLabel());
        assertNull(history.undoLabel());
    }

    @Test
    void theLastTwoHundredStepsAreKept() {
        var history = new History(ab());
        for (int i = 1; i <= 300; i++) {
            history.edit(linger(i));
        }
        int steps = 0;
        while (history.undo()) {
            steps++;
        }
        assertEquals(History.MOST_STEPS, steps);
        assertEquals(linger(100).apply(ab()), history.current());
    }

    @Test
    void anEditThatChangesNothingIsNoStepAndKeepsWhatCanBeRedone() {
        var history = new History(ab());
        history.edit(linger(3));
        assertInstanceOf(EditResult.Unchanged.class, history.edit(linger(3)));
        history.undo();
        assertInstanceOf(
                EditResult.Unchanged.class, history.edit(new WholeEdit.RenameTopology("x")));
        assertTrue(history.canRedo());
        assertEquals(2, history.revision());
    }

    @Test
    void aListenerHearsEveryStepAndMayNotEdit() {
        var history = new History(ab());
        var heard = new ArrayList<Change>();
        history.addListener(heard::add);
        history.edit(linger(3));
        history.undo();
        history.redo();
        assertEquals(
                List.of(Change.Kind.DO, Change.Kind.UNDO, Change.Kind.REDO),
                heard.stream().map(Change::kind).toList());
        assertEquals(List.of(1L, 2L, 3L), heard.stream().map(Change::revision).toList());
        assertEquals(heard.getLast().after(), history.current());
        history.addListener(c -> history.undo());
        assertThrows(IllegalStateException.class, () -> history.edit(linger(4)));
    }
}
