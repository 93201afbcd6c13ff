package io.batchmesh.model;

import java.util.regex.Pattern;

/**
 * The name of a service, unique in a topology.
 *
 * @param name lower-case letters, digits, dots and hyphens; an id may hold any text, since people
 *     err, and then {@link #isWellFormed} is false
 */
public record ServiceId(String name) implements Comparable<ServiceId> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    /** Whether the name is one that every kind of mesh takes, at most 253 characters. */
    public boolean isWellFormed() {
        return NAME.matcher(name).matches();
    }

    @Override
    public int compareTo(ServiceId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
