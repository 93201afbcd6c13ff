package io.batchmesh.ui.inspector;

import io.batchmesh.model.LinkId;
import io.batchmesh.plan.Plan;
import java.util.regex.Pattern;

/**
 * How the drawing of a thing stands to what runs, in words.
 *
 * @param tone the style of the words
 */
record Standing(String words, String tone) {
    /** A cache, a codec or a split is one edit, however many of its fields differ. */
    private static final Pattern PART =
            Pattern.compile("^(batch\\.[^.]+|routes\\.[^.]+\\.[^.]+).*$");

    static Standing of(Scope scope, LinkId id) {
        var deployment = scope.workspace().deploymentProperty().get();
        if (!deployment.isKnown()) {
            return new Standing("what runs is not known", "bm-muted");
        }
        long edits =
                deployment.plan().shared().stream()
                        .map(Plan.Shared::change)
                        .filter(c -> c.subject().equals(id.toString()))
                        .map(c -> PART.matcher(c.field()).replaceFirst("$1"))
                        .distinct()
                        .count();
        if (edits > 0 && scope.runs().of(id).isEmpty()) {
            return new Standing("new, not pushed", "bm-accent");
        }
        if (edits > 0) {
            return new Standing(count(edits, "edit", "edits") + " not pushed", "bm-accent");
        }
        return scope.runs().of(id).isEmpty()
                ? new Standing("no proxy is known to run it", "bm-warn")
                : new Standing("runs as drawn", "bm-muted");
    }

    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
