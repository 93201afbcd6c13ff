package io.batchmesh.policy;

/** How a path, a header or a query parameter must look. */
public sealed interface TextMatch {
    /** The text that is compared with, or the pattern. */
    String text();

    /** The whole text is equal. */
    record Exact(String text) implements TextMatch {}

    /** The text begins so. */
    record Prefix(String text) implements TextMatch {}

    /** The whole text matches an RE2-style regular expression. */
    record Regex(String text) implements TextMatch {}
}
