package io.batchmesh.model;

/**
 * The name of a service, unique in a topology.
 *
 * @param name lower-case letters, digits, dots and hyphens
 */
public record ServiceId(String name) implements Comparable<ServiceId> {
    @Override
    public int compareTo(ServiceId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
