package io.batchmesh.plan;

import io.batchmesh.document.DocumentId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference between what is desired and what runs, in the order in which it should be carried
 * out: what is new first, so that nothing names what is not there yet, removals last.
 *
 * @param changes the documents that differ, or of which that cannot be told
 * @param unchanged the documents that run as desired
 */
public record Plan(List<DocumentChange> changes, List<DocumentId> unchanged) {
    /** Nothing differs, and nothing is known to run. */
    public static final Plan EMPTY = new Plan(List.of(), List.of());

    public Plan {
        changes = List.copyOf(changes);
        unchanged = List.copyOf(unchanged);
    }

    /**
     * The same change in several documents, as it is with a link whose caller has several proxies.
     *
     * @param change the change
     * @param documents the documents that would get it
     */
    public record Shared(FieldChange change, List<DocumentId> documents) {
        public Shared {
            documents = List.copyOf(documents);
        }
    }

    /** Whether everything is known and runs as desired. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes that a push can carry out. */
    public List<DocumentChange> doable() {
        return changes.stream().filter(DocumentChange::isDoable).toList();
    }

    /** The documents of which the difference cannot be told. */
    public List<DocumentChange> unknown() {
        return changes.stream().filter(c -> c.kind() == DocumentChange.Kind.UNKNOWN).toList();
    }

    /**
     * All field changes, each once, by what they belong to: a link, or empty for what belongs to
     * proxies as a whole.
     */
    public Map<String, List<Shared>> changesByLink() {
        var byLink = new LinkedHashMap<String, List<Shared>>();
        for (var shared : shared()) {
            byLink.computeIfAbsent(shared.change().subject(), l -> new ArrayList<>()).add(shared);
        }
        byLink.replaceAll((link, changes) -> List.copyOf(changes));
        return Collections.unmodifiableMap(byLink);
    }

    /** All field changes, each once, with the documents that would get it. */
    public List<Shared> shared() {
        var byChange = new LinkedHashMap<FieldChange, List<DocumentId>>();
        for (var change : changes) {
            for (var field : change.fields()) {
                byChange.computeIfAbsent(field, f -> new ArrayList<>()).add(change.id());
            }
        }
        return byChange.entrySet().stream().map(e -> new Shared(e.getKey(), e.getValue())).toList();
    }
}
