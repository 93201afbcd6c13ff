package io.batchmesh.document;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a target keeps under a name: the config of a sidecar, the snapshot of an Envoy group, a
 * Kubernetes object.
 *
 * @param id its name and kind
 * @param body its content; treated as immutable
 * @param version what the target calls this content: for a sidecar the hash of its config
 */
public record Document(DocumentId id, JsonNode body, DocumentVersion version) {
    /**
     * A document as a target has it.
     *
     * @param id what was asked for
     * @param document what is there, or null where nothing is
     */
    public record Slot(DocumentId id, @Nullable Document document) {}
}
