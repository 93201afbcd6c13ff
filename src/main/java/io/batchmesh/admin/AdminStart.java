package io.batchmesh.admin;

import io.batchmesh.json.Fault;
import java.util.List;

/** What came of starting an admin endpoint. */
public sealed interface AdminStart {
    /** It answers. */
    record Started(AdminServer server) implements AdminStart {}

    /** The initial config cannot run, for these reasons, at least one. Nothing is left running. */
    record Refused(List<Fault> faults) implements AdminStart {
        public Refused {
            faults = List.copyOf(faults);
        }
    }

    /** It cannot answer at that address, or not safely. Nothing is left running. */
    record Unavailable(String reason) implements AdminStart {}
}
