package io.batchmesh.target;

import io.batchmesh.admin.OverrideEntry;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what proxies say is switched by hand; what makes no sense is left out. */
final class OverrideAnswers {
    private static final int MOST = 100;

    private OverrideAnswers() {}

    static List<OverrideEntry> of(@Nullable JsonNode root) {
        var list = root == null ? null : root.get("overrides");
        var entries = new ArrayList<OverrideEntry>();
        if (list == null || !list.isArray()) {
            return List.of();
        }
        for (var node : list) {
            var kind = OverrideEntry.Kind.CHOICE.find(Foreign.text(node, "kind", ""));
            var since = time(Foreign.text(node, "since"));
            if (kind != null && since != null && entries.size() < MOST) {
                entries.add(
                        new OverrideEntry(
                                kind,
                                Foreign.text(node, "subject", ""),
                                since,
                                time(Foreign.text(node, "until")),
                                Foreign.text(node, "author")));
            }
        }
        return List.copyOf(entries);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
