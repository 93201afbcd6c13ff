package io.batchmesh.model;

import org.jspecify.annotations.Nullable;

/** Who calls whom; at most one link for each pair. */
public record LinkId(ServiceId from, ServiceId to) implements Comparable<LinkId> {
    public static LinkId of(String from, String to) {
        return new LinkId(new ServiceId(from), new ServiceId(to));
    }

    /** Reads {@code a->b} or {@code a:b}; null when the text is neither. */
    public static @Nullable LinkId parse(String text) {
        int arrow = text.indexOf("->");
        int at = arrow >= 0 ? arrow : text.indexOf(':');
        int after = at + (arrow >= 0 ? 2 : 1);
        return at <= 0 || after >= text.length()
                ? null
                : of(text.substring(0, at).strip(), text.substring(after).strip());
    }

    @Override
    public int compareTo(LinkId other) {
        int order = from.compareTo(other.from);
        return order != 0 ? order : to.compareTo(other.to);
    }

    /** The form that metrics and configs use: {@code from->to}. */
    @Override
    public String toString() {
        return from + "->" + to;
    }
}
