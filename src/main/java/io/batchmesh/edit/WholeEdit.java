package io.batchmesh.edit;

import io.batchmesh.model.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Edits of a topology as a whole. */
public sealed interface WholeEdit extends EditCommand {
    /** Gives the topology a name. */
    record RenameTopology(String name) implements WholeEdit {
        @Override
        public String label() {
            return "Rename topology to " + name;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.blank("topology", name);
        }

        @Override
        public Topology apply(Topology t) {
            return new Topology(
                    name,
                    t.services(),
                    t.links(),
                    t.proxies(),
                    t.layout(),
                    t.groups(),
                    t.notes(),
                    t.tracing(),
                    t.alerts());
        }
    }

    /** Puts another topology in place, as an import, a recovery or an edit as text does. */
    record Replace(String label, Topology topology) implements WholeEdit {
        @Override
        public Topology apply(Topology before) {
            return topology;
        }
    }

    /** Several edits as one step, one after the other, all or none. */
    record Several(String label, List<EditCommand> commands) implements WholeEdit {
        public Several {
            commands = List.copyOf(commands);
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            var t = before;
            for (var command : commands) {
                var refusal = command.refusal(t);
                if (refusal != null) {
                    return refusal;
                }
                t = command.apply(t);
            }
            return null;
        }

        @Override
        public Topology apply(Topology before) {
            var t = before;
            for (var command : commands) {
                t = command.apply(t);
            }
            return t;
        }
    }
}
