package io.batchmesh.edit;

import io.batchmesh.json.Fault;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchJson;
import io.batchmesh.policy.BatchWindow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Edits of links. */
public sealed interface LinkEdit extends EditCommand {
    /** Adds a link between two services. */
    record AddLink(Link link) implements LinkEdit {
        /** A link about which nothing is said yet. */
        public AddLink(LinkId id) {
            this(new Link(id, null, Traffic.NONE, null));
        }

        @Override
        public String label() {
            return "Link " + Parts.arrow(link.id());
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(
                            Parts.noService(before, link.id().from()),
                            Parts.noService(before, link.id().to()),
                            taken(before)));
        }

        private @Nullable Refusal taken(Topology before) {
            return before.link(link.id()) == null
                    ? null
                    : new Refusal(
                            "there is a link " + Parts.arrow(link.id()) + " already",
                            "edit that one");
        }

        @Override
        public Topology apply(Topology before) {
            var refusal = refusal(before);
            if (refusal != null) {
                throw new IllegalStateException(refusal.message());
            }
            return before.with(link);
        }
    }

    /** Removes a link. */
    record RemoveLink(LinkId link) implements LinkEdit {
        @Override
        public String label() {
            return "Remove link " + Parts.arrow(link);
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.noLink(before, link);
        }

        @Override
        public Topology apply(Topology before) {
            var links = new LinkedHashMap<>(before.links());
            if (links.remove(link) == null) {
                throw new IllegalStateException("there is no link " + link);
            }
            return before.withLinks(links).withAlerts(AlertNames.without(before.alerts(), link));
        }
    }

    /**
     * Puts a changed link in place of the one of the same ends.
     *
     * @param what what is changed, as in "Change <i>simulation</i> of a → b"
     */
    record SetLink(Link link, String what) implements LinkEdit {
        @Override
        public String label() {
            return "Change " + what + " of " + Parts.arrow(link.id());
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.noLink(before, link.id());
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.link(before, link.id(), _ -> link);
        }
    }

    /** Sets the batch window of a link; null for nothing said. */
    record SetBatchWindow(LinkId link, @Nullable BatchWindow window) implements LinkEdit {
        @Override
        public String label() {
            return "Change window of " + Parts.arrow(link);
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(Parts.noLink(before, link), windowRefusal(window)));
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.link(before, link, l -> l.withBatch(window));
        }
    }

    /** Sets the parts of the called service's traffic policy that a link overrides. */
    record SetLinkTraffic(LinkId link, Traffic traffic) implements LinkEdit {
        @Override
        public String label() {
            return "Change traffic policy of " + Parts.arrow(link);
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return Parts.noLink(before, link);
        }

        @Override
        public Topology apply(Topology before) {
            return Parts.link(before, link, l -> l.withTraffic(traffic));
        }
    }

    /** The bounds of a window are those of its file format, so that format is asked. */
    private static @Nullable Refusal windowRefusal(@Nullable BatchWindow window) {
        if (window == null) {
            return null;
        }
        List<Fault> faults =
                switch (JsonDocument.parse(JsonText.canonical(BatchJson.write(window)))) {
                    case Parsed.Bad bad -> List.of(bad.fault());
                    case Parsed.Ok ok -> {
                        var found = new Faults(ok.document());
                        ok.document().read(found, BatchJson::read);
                        yield found.list();
                    }
                };
        if (faults.isEmpty()) {
            return null;
        }
        var fault = faults.getFirst();
        var field = fault.pointer().isEmpty() ? "" : fault.pointer().substring(1) + ": ";
        return new Refusal(field + fault.message(), fault.mend());
    }
}
