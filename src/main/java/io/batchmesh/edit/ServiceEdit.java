package io.batchmesh.edit;

import io.batchmesh.model.Layout;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Edits of services. */
public sealed interface ServiceEdit extends EditCommand {
    /**
     * Adds a service.
     *
     * @param at where it stands, or null to have it laid out
     */
    record AddService(Service service, Layout.@Nullable Position at) implements ServiceEdit {
        @Override
        public String label() {
            return "Add " + service.name();
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return nameRefusal(before, service.id());
        }

        @Override
        public Topology apply(Topology before) {
            check(refusal(before));
            var after = before.with(service);
            return at == null ? after : after.withLayout(after.layout().with(service.id(), at));
        }
    }

    /** Removes a service with its links, proxies and place, and with what mirrors to it. */
    record RemoveService(ServiceId service) implements ServiceEdit {
        @Override
        public String label() {
            return "Remove " + service;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.noService(before, service);
        }

        @Override
        public Topology apply(Topology before) {
            check(refusal(before));
            return Dependents.withoutService(before, service);
        }
    }

    /** Renames a service wherever it is named. */
    record RenameService(ServiceId service, ServiceId to) implements ServiceEdit {
        @Override
        public String label() {
            return "Rename " + service + " to " + to;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return service.equals(to)
                    ? Parts.noService(before, service)
                    : EditCommand.first(
                            Arrays.asList(
                                    Parts.noService(before, service), nameRefusal(before, to)));
        }

        @Override
        public Topology apply(Topology before) {
            check(refusal(before));
            return Dependents.renameService(before, service, to);
        }
    }

    /**
     * Puts a changed service in place of the one of the same name.
     *
     * @param what what is changed, as in "Change <i>ports</i> of reviews"
     */
    record SetService(Service service, String what) implements ServiceEdit {
        @Override
        public String label() {
            return "Change " + what + " of " + service.name();
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.noService(before, service.id());
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.service(before, service.id(), _ -> service);
        }
    }

    /** Sets the whole traffic policy of a service. */
    record SetTraffic(ServiceId service, Traffic traffic) implements ServiceEdit {
        @Override
        public String label() {
            return "Change traffic policy of " + service;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.noService(before, service);
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.service(before, service, s -> s.withTraffic(traffic));
        }
    }

    private static @Nullable Refusal nameRefusal(Topology before, ServiceId id) {
        if (!id.isWellFormed()) {
            return new Refusal(
                    "'" + id + "' is no name of a service",
                    "use lower-case letters, digits, dots and hyphens, at most 253");
        }
        return before.service(id) == null
                ? null
                : new Refusal("there is a service '" + id + "' already", "choose another name");
    }

    private static void check(@Nullable Refusal refusal) {
        if (refusal != null) {
            throw new IllegalStateException(refusal.message());
        }
    }
}
