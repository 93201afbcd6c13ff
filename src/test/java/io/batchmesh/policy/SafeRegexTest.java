package io.batchmesh.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafeRegexTest {
    private static SafeRegex good(String text) {
        return assertInstanceOf(SafeRegex.Compiled.Good.class, SafeRegex.compile(text), text)
                .regex();
    }

    @Test
    void theWholeTextMustMatch() {
        assertTrue(good("/[0-9]+").matches("/12"));
        assertFalse(good("/[0-9]+").matches("/12/x"));
        assertFalse(good("[0-9]").matches("12"));
        assertTrue(good("(?i)get|post").matches("POST"));
    }

    @Test
    void whatRe2HasNotOrWhatIsTooLargeIsRefused() {
        var bad =
                List.of(
                        "(",
                        "a(?=b)",
                        "(a)\\1",
                        "a++",
                        "(?<!x)y",
                        "((a{100}){100}){100}",
                        "(x{0,500}){2}",
                        "a".repeat(SafeRegex.MAX_PATTERN + 1));
        for (var text : bad) {
            assertInstanceOf(SafeRegex.Compiled.Bad.class, SafeRegex.compile(text), text);
        }
    }

    @Test
    void noTextHoldsAnExpressionUpHoweverItIsNested() {
        var evil =
                List.of(
                        "(a+)+$",
                        "(a|aa)+$",
                        "(a|a?)+$",
                        "([a-zA-Z]+)*$",
                        "(.*a){20}",
                        "(a*)*b",
                        "^(([a-z])+.)+[A-Z]([a-z])+$",
                        "(x+x+)+y",
                        "(a?){100}a{100}");
        var text = "a".repeat(SafeRegex.MAX_TEXT - 1) + "!";
        for (var pattern : evil) {
            var regex = good(pattern);
            assertTimeout(
                    Duration.ofSeconds(5),
                    () -> assertFalse(regex.matches(text), pattern),
                    pattern);
        }
    }

    @Test
    void aTextThatIsLongerThanAnyTargetMatchesNothing() {
        assertTrue(good("a*").matches("a".repeat(SafeRegex.MAX_TEXT)));
        assertFalse(good("a*").matches("a".repeat(SafeRegex.MAX_TEXT + 1)));
    }
}
