package io.batchmesh.admin;

import io.batchmesh.config.ConfigVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a change says that it replaces; RFC 9110, section 13.1. */
sealed interface Precondition {
    /** {@code If-None-Match: *}: nothing. */
    record Nothing() implements Precondition {}

    /** {@code If-Match: *}: anything. */
    record Anything() implements Precondition {}

    /** {@code If-Match}: one of these versions. */
    record OneOf(List<String> versions) implements Precondition {
        public OneOf {
            versions = List.copyOf(versions);
        }
    }

    /** What was given makes no sense. */
    record Malformed(String reason) implements Precondition {}

    /** Whether it holds for what runs. */
    default boolean holds(@Nullable ConfigVersion running) {
        return switch (this) {
            case Nothing _ -> running == null;
            case Anything _ -> running != null;
            case OneOf one -> running != null && one.versions.contains(running.hash());
            case Malformed _ -> false;
        };
    }

    /**
     * The precondition in the two headers; null when neither is there. Weak tags are malformed:
     * they never match here, and whoever sends one should know it.
     */
    static @Nullable Precondition of(@Nullable String match, @Nullable String noneMatch) {
        if (match != null && noneMatch != null) {
            return new Malformed("give If-Match or If-None-Match, not both");
        }
        if (noneMatch != null) {
            return noneMatch.strip().equals("*")
                    ? new Nothing()
                    : new Malformed("If-None-Match takes only * here");
        }
        return match == null ? null : ofMatch(match.strip());
    }

    private static Precondition ofMatch(String match) {
        if (match.equals("*")) {
            return new Anything();
        }
        var versions = new ArrayList<String>();
        for (var tag : match.split(",", -1)) {
            var found = Tag.QUOTED.matcher(tag.strip());
            if (!found.matches()) {
                return new Malformed("If-Match takes a version in quotes, as ETag gives it");
            }
            versions.add(found.group(1));
        }
        return new OneOf(versions);
    }

    /** The form of an entity tag. */
    final class Tag {
        private static final Pattern QUOTED = Pattern.compile("\"([\\x21\\x23-\\x7e]*)\"");

        private Tag() {}

        static String of(ConfigVersion version) {
            return '"' + version.hash() + '"';
        }
    }
}
