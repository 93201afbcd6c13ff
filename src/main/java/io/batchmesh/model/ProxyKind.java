package io.batchmesh.model;

import io.batchmesh.json.Choice;

/** The kinds of proxies, with the table of what each can do. */
public enum ProxyKind {
    SIDECAR("sidecar"),
    ENVOY("envoy"),
    ISTIO("istio"),
    LINKERD("linkerd");

    /** What a proxy may be able to do. */
    public enum Ability {
        ROUTES,
        WEIGHTS,
        TIMEOUTS,
        RETRIES,
        MIRROR,
        FAULTS,
        ADJUSTMENTS,
        BALANCING,
        FAILOVER,
        OUTLIERS,
        HEALTH_CHECKS,
        BREAKER,
        TLS,
        ALLOW,
        BATCH,
        CACHE,
        COMPRESSION
    }

    /** The constants by the names they have in files. */
    public static final Choice<ProxyKind> CHOICE = Choice.of(ProxyKind.class, ProxyKind::label);

    private final String label;

    ProxyKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The table of what each kind can do. */
    public boolean can(Ability ability) {
        return switch (this) {
            case SIDECAR -> true;
            case ENVOY -> ability != Ability.BATCH && ability != Ability.CACHE;
            case ISTIO ->
                    ability != Ability.BATCH
                            && ability != Ability.CACHE
                            && ability != Ability.HEALTH_CHECKS;
            case LINKERD ->
                    switch (ability) {
                        case ROUTES, WEIGHTS, TIMEOUTS, RETRIES, OUTLIERS, TLS, ALLOW -> true;
                        default -> false;
                    };
        };
    }
}
