package io.batchmesh.model;

/** The name of a proxy, unique in a topology. */
public record ProxyId(String name) implements Comparable<ProxyId> {
    @Override
    public int compareTo(ProxyId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
