package io.batchmesh.document;

/** What a target calls a content; equal contents have equal versions. */
public record DocumentVersion(String text) {
    /** The first eight characters, for people. */
    public String brief() {
        return text.length() <= 8 ? text : text.substring(0, 8);
    }

    @Override
    public String toString() {
        return text;
    }
}
