package io.batchmesh.proxy.route;

import io.batchmesh.policy.SafeRegex;
import io.batchmesh.policy.TextMatch;
import java.util.function.Predicate;

/** A text match, ready to be run. */
final class TextTest {
    private TextTest() {}

    static Predicate<String> of(TextMatch match) {
        return switch (match) {
            case TextMatch.Exact exact -> exact.text()::equals;
            case TextMatch.Prefix prefix -> text -> text.startsWith(prefix.text());
            case TextMatch.Regex regex ->
                    switch (SafeRegex.compile(regex.text())) {
                        case SafeRegex.Compiled.Good good -> good.regex()::matches;
                        case SafeRegex.Compiled.Bad bad ->
                                throw new IllegalArgumentException(bad.reason());
                    };
        };
    }
}
