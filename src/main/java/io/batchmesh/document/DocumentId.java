package io.batchmesh.document;

/**
 * The name of a document at its target.
 *
 * @param kind what it is, such as {@code sidecar}
 * @param name unique within its kind
 */
public record DocumentId(String kind, String name) implements Comparable<DocumentId> {
    /** The config of a sidecar. */
    public static DocumentId sidecar(String proxy) {
        return new DocumentId("sidecar", proxy);
    }

    @Override
    public int compareTo(DocumentId other) {
        int order = kind.compareTo(other.kind);
        return order != 0 ? order : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
