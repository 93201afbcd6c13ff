package io.batchmesh.model;

import io.batchmesh.policy.Ordered;
import java.util.List;
import java.util.Map;

/** A named part of a service, selected by labels. */
public record Subset(String name, Map<String, String> labels, List<Endpoint> endpoints) {
    public Subset {
        labels = Ordered.copy(labels);
        endpoints = List.copyOf(endpoints);
    }

    public Subset withEndpoints(List<Endpoint> endpoints) {
        return new Subset(name, labels, endpoints);
    }
}
