package io.batchmesh.proxy.route;

import io.batchmesh.policy.TextMatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A text match, ready to be run. */
final class TextTest {
    private TextTest() {}

    static Predicate<String> of(TextMatch match) {
        return switch (match) {
            case TextMatch.Exact exact -> exact.text()::equals;
            case TextMatch.Prefix prefix -> text -> text.startsWith(prefix.text());
            case TextMatch.Regex regex -> {
                var pattern = Pattern.compile(regex.text());
                yield text -> pattern.matcher(text).matches();
            }
        };
    }
}
