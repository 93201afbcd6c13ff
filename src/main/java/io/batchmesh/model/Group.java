package io.batchmesh.model;

import java.util.List;

/** Services that are drawn together. */
public record Group(String name, List<ServiceId> services, boolean collapsed) {
    public Group {
        services = List.copyOf(services);
    }
}
