package io.batchmesh.plan;

import io.batchmesh.document.DocumentId;
import java.util.List;

/**
 * A change as people speak of it.
 *
 * @param subject what changes: a link ({@code a->b}), or the name of a proxy
 * @param aspect which side of it: {@code window}, {@code route default}, {@code endpoints of v1}
 * @param from how it is, empty where there is nothing
 * @param to how it would be, empty where there would be nothing
 * @param documents the documents that would get it
 */
public record PlanLine(
        String subject, String aspect, String from, String to, List<DocumentId> documents) {
    public PlanLine {
        documents = List.copyOf(documents);
    }

    /** Such as {@code productpage → reviews, window: ≤ 2 ms · 16 → ≤ 5 ms · 64}. */
    public String describe() {
        return "%s, %s: %s → %s"
                .formatted(subject.replace("->", " → "), aspect, orNone(from), orNone(to));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
