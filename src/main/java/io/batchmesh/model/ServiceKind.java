package io.batchmesh.model;

import io.batchmesh.json.Choice;

/** What a service is in the mesh. */
public enum ServiceKind {
    /** A service with sidecars. */
    SERVICE("service"),
    /** Where traffic comes in. */
    GATEWAY("gateway"),
    /** Something outside the mesh, which has no sidecar. */
    EXTERNAL("external");

    /** The constants by the names they have in files. */
    public static final Choice<ServiceKind> CHOICE =
            Choice.of(ServiceKind.class, ServiceKind::label);

    private final String label;

    ServiceKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
