package io.batchmesh.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression whose matching takes time in proportion to the text, whatever the text is:
 * RE2's syntax, which has neither look-around nor back references. Both the expression and the
 * texts are bounded, so that no request holds an event loop up. Safe for use by several threads.
 */
public final class SafeRegex {
    /** The longest expression, in characters. */
    public static final int MAX_PATTERN = 1_024;

    /** The largest expression once compiled, in instructions; counted repetition multiplies. */
    public static final int MAX_PROGRAM = 512;

    /** The longest text, in characters; a longer one does not match. */
    public static final int MAX_TEXT = 8_192;

    private final Pattern pattern;

    private SafeRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** What came of compiling an expression. */
    public sealed interface Compiled {
        /** It can be used. */
        record Good(SafeRegex regex) implements Compiled {}

        /**
         * It cannot.
         *
         * @param reason why, for people
         */
        record Bad(String reason) implements Compiled {}
    }

    /** Compiles an expression of RE2's syntax. */
    public static Compiled compile(String text) {
        if (text.length() > MAX_PATTERN) {
            return new Compiled.Bad("it is longer than " + MAX_PATTERN + " characters");
        }
        try {
            var pattern = Pattern.compile(text);
            return pattern.programSize() > MAX_PROGRAM
                    ? new Compiled.Bad("it is too large, most likely by its counted repetitions")
                    : new Compiled.Good(new SafeRegex(pattern));
        } catch (PatternSyntaxException e) {
            return new Compiled.Bad(e.getDescription() + " (RE2's syntax holds)");
        }
    }

    /** Whether the whole text matches. */
    public boolean matches(String text) {
        return text.length() <= MAX_TEXT && pattern.matches(text);
    }
}
