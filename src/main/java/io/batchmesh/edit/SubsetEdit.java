package io.batchmesh.edit;

import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Edits of the subsets of a service and their endpoints. */
public sealed interface SubsetEdit extends EditCommand {
    /** An edit that can be carried out wherever its subset is. */
    sealed interface OfSubset extends SubsetEdit {
        ServiceId service();

        String subset();

        @Override
        default @Nullable Refusal refusal(Topology before) {
            return missing(before, service(), subset());
        }
    }

    /** Adds a subset behind the others. */
    record AddSubset(ServiceId service, Subset subset) implements SubsetEdit {
        @Override
        public String label() {
            return "Add " + subset.name() + " to " + service;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(
                            Parts.noService(before, service),
                            Parts.blank("subset", subset.name()),
                            taken(before, service, subset.name())));
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.service(
                    before, service, s -> s.withSubsets(Parts.plus(s.subsets(), subset)));
        }
    }

    /** Removes a subset with its proxies, and its share in splits and mirrors. */
    record RemoveSubset(ServiceId service, String subset) implements OfSubset {
        @Override
        public String label() {
            return "Remove " + subset + " of " + service;
        }

        @Override
        public Topology apply(Topology before) {
            var after =
                    Parts.service(
                            before,
                            service,
                            s ->
                                    s.withSubsets(
                                            Parts.without(
                                                    s.subsets(), x -> x.name().equals(subset))));
            return Dependents.withoutSubset(after, service, subset);
        }
    }

    /** Renames a subset wherever it is named. */
    record RenameSubset(ServiceId service, String subset, String to) implements SubsetEdit {
        @Override
        public String label() {
            return "Rename " + subset + " of " + service + " to " + to;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(
                            missing(before, service, subset),
                            Parts.blank("subset", to),
                            subset.equals(to) ? null : taken(before, service, to)));
        }

        @Override
        public Topology apply(Topology before) {
            var after =
                    change(before, service, subset, x -> new Subset(to, x.labels(), x.endpoints()));
            return Dependents.renameSubset(after, service, subset, to);
        }
    }

    /** Sets the endpoints of a subset. */
    record SetEndpoints(ServiceId service, String subset, List<Endpoint> endpoints)
            implements OfSubset {
        public SetEndpoints {
            endpoints = List.copyOf(endpoints);
        }

        @Override
        public String label() {
            return "Change endpoints of " + service + " " + subset;
        }

        @Override
        public Topology apply(Topology before) {
            return change(before, service, subset, x -> x.withEndpoints(endpoints));
        }
    }

    /** Adds an endpoint behind the others of a subset. */
    record AddEndpoint(ServiceId service, String subset, Endpoint endpoint) implements OfSubset {
        @Override
        public String label() {
            return "Add endpoint " + endpoint.address() + " to " + service + " " + subset;
        }

        @Override
        public Topology apply(Topology before) {
            return change(
                    before,
                    service,
                    subset,
                    x -> x.withEndpoints(Parts.plus(x.endpoints(), endpoint)));
        }
    }

    /** Removes the endpoints of an address from a subset. */
    record RemoveEndpoint(ServiceId service, String subset, String address) implements OfSubset {
        @Override
        public String label() {
            return "Remove endpoint " + address + " of " + service + " " + subset;
        }

        @Override
        public Topology apply(Topology before) {
            return change(
                    before,
                    service,
                    subset,
                    x ->
                            x.withEndpoints(
                                    Parts.without(
                                            x.endpoints(), e -> e.address().equals(address))));
        }
    }

    private static Topology change(
            Topology t, ServiceId service, String subset, UnaryOperator<Subset> f) {
        return Parts.service(
                t,
                service,
                s -> s.withSubsets(Parts.replace(s.subsets(), x -> x.name().equals(subset), f)));
    }

    private static @Nullable Refusal missing(Topology t, ServiceId service, String subset) {
        Service s = t.service(service);
        return s != null && s.subset(subset) != null
                ? null
                : new Refusal("there is no subset '" + subset + "' of " + service, "add it first");
    }

    private static @Nullable Refusal taken(Topology t, ServiceId service, String subset) {
        return missing(t, service, subset) == null
                ? new Refusal(
                        service + " has a subset '" + subset + "' already", "choose another name")
                : null;
    }
}
