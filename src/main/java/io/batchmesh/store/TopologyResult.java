package io.batchmesh.store;

import io.batchmesh.json.Fault;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.model.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading the text of a topology. */
public sealed interface TopologyResult {
    /**
     * It is a topology; whether it is a sensible one, its findings say.
     *
     * @param topology what the text says
     * @param schema the {@code $schema} that the text names, or null
     * @param document the text, for the places of its values
     */
    record Read(Topology topology, @Nullable String schema, JsonDocument document)
            implements TopologyResult {}

    /** It is none, for these reasons, at least one. */
    record Faulty(List<Fault> faults) implements TopologyResult {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}
