package io.batchmesh.plan;

import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Makes plans. A pure function of what is desired and what runs. */
public final class PlanBuilder {
    private PlanBuilder() {}

    /**
     * The difference.
     *
     * @param desired the documents as they should be, in the order in which they may be changed
     * @param running what was found for each of them; what is missing here has no proxy
     */
    public static Plan plan(List<Document> desired, Map<DocumentId, RunningDocument> running) {
        var changes = new ArrayList<DocumentChange>();
        var unchanged = new ArrayList<DocumentId>();
        var seen = new HashSet<DocumentId>();
        for (var document : desired) {
            seen.add(document.id());
            var found = running.getOrDefault(document.id(), new RunningDocument.NoProxy());
            var change = change(document, found);
            if (change.kind() == DocumentChange.Kind.CHANGE && change.fields().isEmpty()) {
                unchanged.add(document.id());
            } else {
                changes.add(change);
            }
        }
        running.forEach((id, found) -> {
            if (!seen.contains(id) && found instanceof RunningDocument.Present present) {
                changes.add(removal(present.document()));
            }
        });
        changes.sort(Comparator.comparing(DocumentChange::kind));
        return new Plan(changes, unchanged);
    }

    private static DocumentChange change(Document desired, RunningDocument found) {
        return switch (found) {
            case RunningDocument.Present present -> {
                var running = present.document();
                var fields =
                        running.version().equals(desired.version())
                                ? List.<FieldChange>of()
                                : TreeDiff.between(running.body(), desired.body());
                yield new DocumentChange(
                        desired.id(), DocumentChange.Kind.CHANGE, running, desired, fields, "");
            }
            case RunningDocument.Absent absent ->
                    new DocumentChange(
                            desired.id(),
                            DocumentChange.Kind.ADD,
                            null,
                            desired,
                            TreeDiff.between(null, desired.body()),
                            "");
            case RunningDocument.Unreachable u -> unknown(desired, "unreachable: " + u.reason());
            case RunningDocument.Unreadable u -> unknown(desired, "unreadable: " + u.reason());
            case RunningDocument.NoProxy none ->
                    unknown(desired, "no proxy of this name runs at the target");
        };
    }

    private static DocumentChange unknown(Document desired, String problem) {
        return new DocumentChange(
                desired.id(), DocumentChange.Kind.UNKNOWN, null, desired, List.of(), problem);
    }

    private static DocumentChange removal(Document running) {
        return new DocumentChange(
                running.id(),
                DocumentChange.Kind.REMOVE,
                running,
                null,
                List.of(),
                "runs and is not drawn; end its proxy, or draw it");
    }
}
