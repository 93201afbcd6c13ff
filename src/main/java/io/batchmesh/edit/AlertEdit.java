package io.batchmesh.edit;

import io.batchmesh.model.AlertRule;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Edits of the rules for alerts. */
public sealed interface AlertEdit extends EditCommand {
    /** Adds rules behind the others; those whose names are there already are left as they are. */
    record AddAlerts(List<AlertRule> rules) implements AlertEdit {
        public AddAlerts {
            rules = List.copyOf(rules);
        }

        @Override
        public String label() {
            return rules.size() == 1
                    ? "Add alert " + rules.getFirst().name()
                    : "Add " + rules.size() + " alerts";
        }

        @Override
        public Topology apply(Topology before) {
            var all = Parts.index(before.alerts(), AlertRule::name);
            rules.forEach(r -> all.putIfAbsent(r.name(), r));
            return before.withAlerts(new ArrayList<>(all.values()));
        }
    }

    /**
     * Puts a rule in place of another, or behind the others.
     *
     * @param replaced the name of the one whose place it takes, null for a new one
     */
    record SetAlert(@Nullable String replaced, AlertRule rule) implements AlertEdit {
        @Override
        public String label() {
            return (replaced == null ? "Add alert " : "Change alert ") + rule.name();
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            var blank = Parts.blank("alert", rule.name());
            if (blank != null) {
                return blank;
            }
            boolean taken =
                    !rule.name().equals(replaced)
                            && before.alerts().stream().anyMatch(r -> r.name().equals(rule.name()));
            return taken
                    ? new Refusal(
                            "there is an alert '" + rule.name() + "' already", "name it otherwise")
                    : null;
        }

        @Override
        public Topology apply(Topology before) {
            boolean known = before.alerts().stream().anyMatch(r -> r.name().equals(replaced));
            return before.withAlerts(
                    known
                            ? Parts.replace(
                                    before.alerts(), r -> r.name().equals(replaced), r -> rule)
                            : Parts.plus(before.alerts(), rule));
        }
    }

    /** Removes a rule. */
    record RemoveAlert(String name) implements AlertEdit {
        @Override
        public String label() {
            return "Remove alert " + name;
        }

        @Override
        public Topology apply(Topology before) {
            return before.withAlerts(Parts.without(before.alerts(), r -> r.name().equals(name)));
        }
    }
}
