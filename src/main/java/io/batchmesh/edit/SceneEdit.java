package io.batchmesh.edit;

import io.batchmesh.model.Group;
import io.batchmesh.model.Layout;
import io.batchmesh.model.Note;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.Ordered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Edits of the drawing that change nothing that is pushed. */
public sealed interface SceneEdit extends EditCommand {
    /** Puts services at places. */
    record MoveServices(Map<ServiceId, Layout.Position> to) implements SceneEdit {
        public MoveServices {
            to = Ordered.copy(to);
        }

        public static MoveServices one(ServiceId service, Layout.Position to) {
            return new MoveServices(Map.of(service, to));
        }

        @Override
        public String label() {
            return to.size() == 1
                    ? "Move " + to.keySet().iterator().next()
                    : "Move " + to.size() + " services";
        }

        @Override
        public Topology apply(Topology before) {
            var places = new LinkedHashMap<>(before.layout().services());
            places.putAll(to);
            return before.withLayout(new Layout(places));
        }
    }

    /** Replaces all places, as automatic layout does. */
    record Arrange(Layout layout) implements SceneEdit {
        @Override
        public String label() {
            return "Arrange";
        }

        @Override
        public Topology apply(Topology before) {
            return before.withLayout(layout);
        }
    }

    /** Adds a note behind the others. */
    record AddNote(Note note) implements SceneEdit {
        @Override
        public String label() {
            return "Add note";
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.notes(before, Parts.plus(before.notes(), note));
        }
    }

    /** Puts a note in place of the one at an index, from 0. */
    record SetNote(int index, Note note) implements SceneEdit {
        @Override
        public String label() {
            return "Change note";
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return noNote(before, index);
        }

        @Override
        public Topology apply(Topology before) {
            var notes = new ArrayList<>(before.notes());
            notes.set(index, note);
            return Parts.notes(before, notes);
        }
    }

    /** Removes the note at an index, from 0. */
    record RemoveNote(int index) implements SceneEdit {
        @Override
        public String label() {
            return "Remove note";
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return noNote(before, index);
        }

        @Override
        public Topology apply(Topology before) {
            var notes = new ArrayList<>(before.notes());
            notes.remove(index);
            return Parts.notes(before, notes);
        }
    }

    /** Puts a group in place of the one of the same name, or behind the others. */
    record SetGroup(Group group) implements SceneEdit {
        @Override
        public String label() {
            return "Change group " + group.name();
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.blank("group", group.name());
        }

        @Override
        public Topology apply(Topology before) {
            var groups = Parts.index(before.groups(), Group::name);
            groups.put(group.name(), group);
            return Parts.groups(before, new ArrayList<>(groups.values()));
        }
    }

    /** Takes a group apart; its services stay. */
    record RemoveGroup(String group) implements SceneEdit {
        @Override
        public String label() {
            return "Remove group " + group;
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.groups(
                    before, Parts.without(before.groups(), g -> g.name().equals(group)));
        }
    }

    private static @Nullable Refusal noNote(Topology t, int index) {
        return index >= 0 && index < t.notes().size()
                ? null
                : new Refusal("there is no note " + index, "add it first");
    }
}
