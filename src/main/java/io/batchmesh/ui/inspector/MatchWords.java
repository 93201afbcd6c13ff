package io.batchmesh.ui.inspector;

import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Which requests a route takes, in words. */
final class MatchWords {
    private MatchWords() {}

    static String of(@Nullable RouteMatch match) {
        if (match == null) {
            return "every request that no route above takes";
        }
        var parts = new ArrayList<String>();
        if (!match.methods().isEmpty()) {
            parts.add(String.join(" or ", match.methods()));
        }
        if (match.path() != null) {
            parts.add("path " + of(match.path()));
        }
        match.headers().forEach((name, text) -> parts.add("header " + name + " " + of(text)));
        match.query().forEach((name, text) -> parts.add("query " + name + " " + of(text)));
        return parts.isEmpty() ? "every request" : String.join(", ", parts);
    }

    private static String of(TextMatch text) {
        return switch (text) {
            case TextMatch.Exact exact -> "is " + exact.text();
            case TextMatch.Prefix prefix -> "begins with " + prefix.text();
            case TextMatch.Regex regex -> "matches " + regex.text();
        };
    }
}
