package io.batchmesh.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A batch window in a few characters: {@code ≤ 5 ms · 64}, {@code auto}, {@code off}. */
final class WindowText {
    private WindowText() {}

    /**
     * The text.
     *
     * @param batch the window's JSON, or null where there is none
     * @param changed the fields in question: what they are about is said also where the policy
     *     takes no notice of it
     */
    static String of(@Nullable JsonNode batch, List<FieldChange> changed) {
        if (batch == null) {
            return "";
        }
        var policy = text(batch, "policy", "auto");
        var text =
                new StringBuilder(
                        switch (policy) {
                            case "fixed" -> "";
                            case "targetP99" -> "p99 ≤ " + spaced(text(batch, "targetP99", "?"));
                            default -> policy;
                        });
        boolean fixed = policy.equals("fixed");
        if (fixed || about(changed, "linger")) {
            append(text, "≤ " + spaced(text(batch, "linger", "?")));
        }
        if (fixed || about(changed, "maxItems")) {
            append(text, text(batch, "maxItems", "?"));
        }
        if (about(changed, "maxBytes")) {
            append(text, spaced(text(batch, "maxBytes", "?")));
        }
        return text.toString();
    }

    private static boolean about(List<FieldChange> changed, String field) {
        return changed.stream().anyMatch(c -> c.field().equals("batch." + field));
    }

    private static void append(StringBuilder text, String part) {
        text.append(text.isEmpty() ? "" : " · ").append(part);
    }

    private static String text(JsonNode batch, String field, String otherwise) {
        var value = batch.get(field);
        return value == null ? otherwise : value.asString();
    }

    /** A quantity with a space before its unit, as people write it. */
    private static String spaced(String quantity) {
        return quantity.replaceFirst("(?<=[0-9])(?=[A-Za-z])", " ");
    }
}
